import type { ConsentPolicy } from "../consent/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PageOfOrders, RecordedOrder, RecordedOrders } from "../outbox/order-facts.server.ts";
import { settingDifferences } from "../settings/setting-differences.ts";
import type { Settings, ShopProfile } from "../settings/types.ts";
import { unrehearsedOf } from "./rehearsal-limits.ts";
import { newTally, type Rehearsal } from "./rehearsal.ts";
import { rehearseOrder, type RehearsedEvent } from "./rehearse-order.ts";

export type RehearseDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly consentPolicy: (shop: ShopDomain) => Promise<ConsentPolicy | null>;
  readonly recordedOrders: (page: PageOfOrders) => Promise<RecordedOrders>;
  readonly countUnrecorded: (of: {
    readonly shop: ShopDomain;
    readonly since: Date;
    readonly most: number;
  }) => Promise<number>;
  readonly now: () => Date;
};

const DAYS = 7;
const DAY_MS = 86_400_000;
/** The newest orders of a big shop say as much, and the page does not wait. */
const MOST_ORDERS = 5_000;
// On a busy machine fewer, so that the answer comes soon enough for somebody who waits for a save.
const READ_WITHIN_MS = 3_000;
// The process serves others between two pages.
const AT_ONCE = 500;

/**
 * What the orders of the last seven days become under other settings than the shop's, by the functions that decide them
 * and from what is recorded of them: nothing is requested from Shopify or Meta, nothing is stored or sent.
 */
export async function rehearseSettings(
  shop: ShopDomain,
  proposed: (inForce: Settings) => Settings,
  deps: RehearseDeps,
): Promise<Rehearsal> {
  const [profile, policy] = await Promise.all([deps.profile(shop), deps.consentPolicy(shop)]);
  const settings = proposed(profile.settings);
  const since = new Date(deps.now().getTime() - DAYS * DAY_MS);
  const tally = newTally();
  const before = { profile, policy };
  const after = { profile: { ...profile, settings }, policy };
  let orders = 0;
  let isCut = false;
  for await (const order of recordedSince(shop, since, deps)) {
    if (order === "more") {
      isCut = true;
      break;
    }
    orders += 1;
    const pairs = paired(await rehearseOrder(order, before), await rehearseOrder(order, after));
    for (const pair of pairs) tally.add({ orderId: order.orderId, orderName: order.orderName, ...pair });
  }
  return {
    ...{ days: DAYS, orders, cutAt: isCut ? orders : null },
    notKept: await deps.countUnrecorded({ shop, since, most: MOST_ORDERS }),
    ...tally.result(),
    unrehearsed: unrehearsedOf(settingDifferences(profile.settings, settings), settings),
  };
}

/** The shop's newest orders, page by page; `more` at the end if there are too many, or too many for the time. */
async function* recordedSince(
  shop: ShopDomain,
  since: Date,
  { recordedOrders, now }: Pick<RehearseDeps, "recordedOrders" | "now">,
): AsyncGenerator<RecordedOrder | "more"> {
  let after: PageOfOrders["after"] = null;
  const ending_ms = now().getTime() + READ_WITHIN_MS;
  for (let read = 0; read < MOST_ORDERS && now().getTime() < ending_ms; read += AT_ONCE) {
    const page: RecordedOrders = await recordedOrders({ shop, since, after, limit: AT_ONCE });
    yield* page.orders;
    after = page.next;
    if (after === null) return;
  }
  yield "more";
}

type Pair = { readonly before: RehearsedEvent | null; readonly after: RehearsedEvent | null };

/** Each event under both settings; one that an order makes under one of them only stands alone. */
function paired(before: readonly RehearsedEvent[], after: readonly RehearsedEvent[]): readonly Pair[] {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  const of = (events: readonly RehearsedEvent[], id: string) => events.find((event) => event.id === id) ?? null;
  return [...ids].map((id) => ({ before: of(before, id), after: of(after, id) }));
}
