import type { Problem } from "../wording/field-problem-words.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { EVENT_NAMES, type EventName } from "../event-contract/event-name.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import type { RecordedEvent } from "../outbox/recorded-events.server.ts";
import type { Decision, NewEvent, Undecided } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import { readWholeOrder } from "../shopify/admin/read-whole-order.ts";
import { whyNotShown } from "../shopify/admin/why-not-shown.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import { type DecisionDeps, decisionsFor } from "./decide-events.ts";
import { type MayAgain, mayAgain } from "./may-send-again.ts";
import { type CountingDeps, orderAsCounted } from "./order-as-counted.ts";

export type OrderNowDeps = DecisionDeps &
  CountingDeps & {
    readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
    /** Null if the shop has not granted access. */
    readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
    readonly recorded: (shop: ShopDomain, orderId: OrderId) => Promise<readonly RecordedEvent[]>;
  };

/** What the answer lacks, or takes for granted: each has a sentence in app/wording/en/order-page.ts. */
export type Caveat = "no-receipt" | "receipt-without-person" | "no-answer-recorded" | "late-answer";

/** One event of an order, as it would be decided now. */
export type EventNow = {
  readonly eventName: EventName;
  readonly eventId: EventId;
  /** Where it happened. */
  readonly actionSource: ActionSource;
  /** The name that Meta would be sent. */
  readonly sentAs: string;
  readonly state: "send" | "wait" | "withheld" | "refused";
  readonly reason: string | null;
  /** One element of Graph's `data[]`; null if nothing would be sent. */
  readonly server: MetaEvent | null;
  readonly caveats: readonly Caveat[];
  readonly again: MayAgain;
};

/** With what sending again needs. */
export type DecidedNow = EventNow & {
  readonly event: NewEvent;
  readonly recorded: RecordedEvent | undefined;
  readonly decision: Decision;
};

/** `stopped`: Shopify did not return the order. `unreadable`: it is not an order as Tandem knows them. */
export type OrderNow<Event = EventNow> =
  | { readonly kind: "decided"; readonly events: readonly Event[] }
  | { readonly kind: "no-access" | "gone" | "unreadable" }
  | { readonly kind: "stopped"; readonly problem: Problem };

// Nothing has just happened to the order; its own transactions date its payment.
const NO_OCCASION = { topic: null, at_s: null };

/**
 * Reads an order from Shopify as it is, and decides its events as they would be decided now: with the pipeline's own
 * mapping, the present settings, and what browsers reported about this order. Stores nothing.
 */
export async function orderNow(shop: ShopDomain, orderId: OrderId, deps: OrderNowDeps): Promise<OrderNow<DecidedNow>> {
  const admin = await deps.admin(shop);
  if (admin === null) return { kind: "no-access" };
  const whole = await readWholeOrder(`gid://shopify/Order/${orderId}`, admin);
  if (whole.kind === "stopped") return { kind: "stopped", problem: whyNotShown(whole.answer) };
  if (whole.kind !== "read") return whole;
  const order = parseOrder(whole.body);
  if (!order.ok) return { kind: "unreadable" };
  const [profile, recorded] = await Promise.all([deps.profile(shop), deps.recorded(shop, orderId)]);
  const now = deps.now();
  const counted = await orderAsCounted(order.value, { profile, occasion: NO_OCCASION, now }, deps);
  const events = eventsFromOrder(counted, profile, now);
  const entries = events.map((event) => ({ event, recorded: entryOf(event, recorded) }));
  const decisions = await decisionsFor(entries.map(undecided), profile, { ...deps, now: () => now });
  return {
    kind: "decided",
    events: entries.flatMap((entry, n) => {
      const decision = decisions[n];
      return decision === undefined ? [] : [decidedNow({ ...entry, decision, pixels: profile.pixels, now })];
    }),
  };
}

const entryOf = ({ body }: NewEvent, recorded: readonly RecordedEvent[]): RecordedEvent | undefined =>
  recorded.find(({ eventName, eventId }) => eventName === body.event_name && eventId === body.event_id);

type Entry = { readonly event: NewEvent; readonly recorded: RecordedEvent | undefined };

/** The order's event with what is recorded of it; for one that the ledger does not have, with nothing of a browser's. */
function undecided({ event, recorded }: Entry): Undecided {
  const { body, shop, orderId, region, costBasis, isTest = false } = event;
  const common = { shop, body, orderId, region, costBasis, isTest, eventName: nameOf(event), eventId: body.event_id };
  if (recorded === undefined) {
    const { origin, signal } = event;
    return { ...common, origin, signal, receipt: null, browserLeg: null, createdAt: new Date(body.event_time * 1000) };
  }
  const { origin, browserLeg, createdAt, receipts } = recorded;
  const [receipt = null, ...others] = receipts;
  return {
    ...common,
    ...{ origin, browserLeg, createdAt, receipt },
    signal: recorded.signal ?? event.signal,
    ...(others.length > 0 && { otherReceipts: others }),
  };
}

/** Until the decision, an event has its action's name. */
const nameOf = ({ body }: NewEvent): EventName => EVENT_NAMES.find((name) => name === body.event_name) ?? "Purchase";

type Decided = Entry & Pick<Parameters<typeof mayAgain>[0], "decision" | "pixels" | "now">;

function decidedNow({ event, recorded, decision, pixels, now }: Decided): DecidedNow {
  return {
    event,
    recorded,
    decision,
    eventName: nameOf(event),
    eventId: event.body.event_id,
    actionSource: event.body.action_source,
    sentAs: decision.kind === "send" ? decision.body.event_name : event.body.event_name,
    ...standing(event, decision),
    caveats: caveatsOf(event, recorded),
    again: mayAgain({ event, recorded, decision, pixels, now }),
  };
}

function standing(event: NewEvent, decision: Decision): Pick<EventNow, "state" | "reason" | "server"> {
  const server = decision.kind === "send" ? decision.body : null;
  if (event.state === "withheld") return { state: "withheld", reason: event.reason, server: null };
  if (event.state === "waiting-for-payment") return { state: "wait", reason: event.reason, server };
  if (decision.kind === "send") return { state: "send", reason: null, server };
  return { state: decision.ending ?? "withheld", reason: decision.reason, server: null };
}

/** Only events of the website have a browser that could have reported something. */
function caveatsOf({ body, signal }: NewEvent, recorded: RecordedEvent | undefined): readonly Caveat[] {
  if (body.action_source !== "website") return [];
  const receipts = recorded?.receipts ?? [];
  const answers = [recorded?.signal, signal, ...receipts.map((receipt) => receipt.signal)];
  return [
    ...receiptCaveat(receipts),
    ...(answers.some(Boolean) ? [] : (["no-answer-recorded"] as const)),
    ...(recorded?.lateSignal ? (["late-answer"] as const) : []),
  ];
}

function receiptCaveat(receipts: RecordedEvent["receipts"]): readonly Caveat[] {
  if (receipts.length === 0) return ["no-receipt"];
  const isBare = receipts.every(({ fbp, fbc, ip, userAgent, url }) =>
    [fbp, fbc, ip, userAgent, url].every((value) => (value ?? null) === null),
  );
  return isBare ? ["receipt-without-person"] : [];
}
