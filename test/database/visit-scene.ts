import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import type { PostAdded } from "../../app/outbox/add-events.server.ts";
import type { PostedEvent } from "../../app/outbox/rows-to-add.server.ts";
import { anEventId, aPurchase } from "../contract/meta-events.ts";
import { recordedDeliveries } from "../support/recorded.ts";
import { after, CONSENT, GRANTED, type Scene } from "../support/store-scenes.ts";

type Visit = { readonly scene: Scene; readonly to: readonly string[]; readonly atMs: number };

export const visitId = (n: number) => anEventId(`visit.${n}`);

/** A storefront event numbered `n`, decided when it arrives. */
export function aVisit(n: number, { scene, to, atMs }: Visit, changes: Partial<MetaEvent> = {}): PostedEvent {
  const body: MetaEvent = aPurchase({
    event_name: "ViewContent",
    event_id: visitId(n),
    event_time: Math.floor(after(atMs).getTime() / 1_000),
    custom_data: { value: 5, currency: "EUR" },
    ...changes,
  });
  const event = {
    ...scene.event(n, { origin: "collector", signal: GRANTED, browserLeg: { sent: false, because: "no-pixel" } }),
    ...{ body, region: null, orderId: null, checkoutToken: null },
  };
  const key = { shop: scene.shop, eventName: "ViewContent" as const, eventId: body.event_id };
  const consent = { ...CONSENT, region: null };
  return { event, decision: { kind: "send", key, body, consent, to } };
}

const AT_ONCE = 200;

/** Posts storefront events numbered from `first`, all of the moment. */
export async function visit(
  visits: Visit & { readonly first?: number; readonly count: number },
  changes: (n: number) => Partial<MetaEvent> = () => ({}),
): Promise<readonly PostAdded[]> {
  const { scene, first = 1, count } = visits;
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  scene.at(after(visits.atMs));
  const added: PostAdded[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = numbers.slice(from, from + AT_ONCE);
    added.push(...(await Promise.all(some.map((n) => scene.store.addPosted([aVisit(n, visits, changes(n))])))));
  }
  return added;
}

/** How many deliveries of the shop are in each state. */
export async function visitStates({ database, shop }: Scene): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { state } of await recordedDeliveries(database, shop)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
