import type { CustomerOptOut } from "../consent/decide-consent.ts";
import type { ConsentPolicy, ConsentReceipt } from "../consent/types.ts";
import { EVENT_NAMES, type EventName } from "../event-contract/event-name.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { settingsForFacts } from "../normalize/order-facts.ts";
import type { RecordedOrder } from "../outbox/order-facts.server.ts";
import type { BrowserReceipt, NewEvent, Undecided } from "../outbox/types.ts";
import { buyerReceipt } from "../pipeline/buyer-receipt.ts";
import { decisionFor } from "../pipeline/decide-events.ts";
import { orderAsCounted } from "../pipeline/order-as-counted.ts";
import type { ShopProfile } from "../settings/types.ts";

/** What becomes of one event of an order under some settings. */
export type RehearsedEvent = {
  readonly event: EventName;
  readonly id: string;
  readonly state: "sent" | "waits" | "withheld" | "refused";
  /** Why it is not sent, or not yet. */
  readonly reason: string | null;
  /** The name at Meta. */
  readonly as: string | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** The items' catalog IDs. */
  readonly items: readonly string[];
};

export type RehearsalGiven = { readonly profile: ShopProfile; readonly policy: ConsentPolicy | null };

// Stands for a customer's data that was enough and is not kept any more.
const SOMEBODY: UserData = { em: ["0".repeat(64)] };

/**
 * The events of a recorded order under the given settings, by the pipeline's own functions: what the order makes, its
 * consent, its route and Meta's rules. Items that were added after checkout are left out.
 */
export async function rehearseOrder(
  recorded: RecordedOrder,
  given: RehearsalGiven,
): Promise<readonly RehearsedEvent[]> {
  const profile = { ...given.profile, settings: settingsForFacts(given.profile.settings) };
  const { order, occasion } = recorded.facts;
  // Under the trigger `paid` the ledger had the order as unpaid. Under the others that makes no difference.
  const waited = recorded.advanced && profile.settings.purchaseTrigger === "paid";
  const known = waited ? { waits: true, countedLaterAt_s: null } : null;
  const counted = await orderAsCounted(
    order,
    { profile, occasion, now: recorded.seenAt },
    { knownPurchase: async () => known },
  );
  const events = eventsFromOrder(counted, { ...profile, origin: recorded.origin }, recorded.seenAt);
  return events.map((event) => rehearsed(event, recorded, { ...given, profile }));
}

function rehearsed(event: NewEvent, recorded: RecordedOrder, { profile, policy }: RehearsalGiven): RehearsedEvent {
  const name = EVENT_NAMES.find((known) => known === event.body.event_name) ?? "Purchase";
  const nothing = { event: name, id: event.body.event_id, as: null, value: null, currency: null, items: [] };
  if (event.state !== "joining") {
    return { ...nothing, state: event.state === "withheld" ? "withheld" : "waits", reason: event.reason };
  }
  const moment = { now: recorded.seenAt, policy, optedOut: optOutIn(recorded.consent) };
  const decision = decisionFor(undecided({ ...event, name }, recorded, profile), profile, moment);
  return decision.kind === "send"
    ? { ...nothing, state: "sent", reason: null, as: decision.body.event_name, ...saleIn(decision.body.custom_data) }
    : { ...nothing, state: decision.ending ?? "withheld", reason: decision.reason };
}

const saleIn = ({ value, currency, content_ids: items = [] }: CustomData) => ({
  value: value ?? null,
  currency: currency ?? null,
  items,
});

type Named = NewEvent & { readonly name: EventName };

function undecided({ name, ...event }: Named, recorded: RecordedOrder, profile: ShopProfile): Undecided {
  const { shop, origin, region, body, orderId } = event;
  const [receipt = null, ...otherReceipts] = recorded.receipts;
  const joined: Undecided = {
    ...{ shop, origin, region, receipt, otherReceipts, orderId },
    body: { ...body, user_data: customerOf(recorded) },
    signal: recorded.consent?.signal ?? recorded.signal,
    browserLeg: null,
    eventName: name,
    eventId: body.event_id,
    createdAt: recorded.seenAt,
  };
  return { ...joined, receipt: receiptAsDecided(buyerReceipt(joined, profile), recorded.consent) };
}

function customerOf({ userData, facts }: RecordedOrder): UserData {
  if (Object.keys(userData).length > 0) return userData;
  return facts.isIdentifiable ? SOMEBODY : {};
}

/** Once decided, the answer that decided counts, and what a browser said later does not. */
function receiptAsDecided(receipt: BrowserReceipt | null, consent: ConsentReceipt | null): BrowserReceipt | null {
  if (receipt === null || consent === null) return receipt;
  const isInTime = receipt.receivedAt.getTime() <= consent.decidedAt && consent.signal !== null;
  return isInTime ? { ...receipt, signal: consent.signal } : null;
}

const OPT_OUTS: Readonly<Record<string, CustomerOptOut>> = { "customer-opted-out": true, "opt-out-unknown": "unknown" };

const optOutIn = (consent: ConsentReceipt | null): CustomerOptOut => OPT_OUTS[consent?.rule ?? ""] ?? false;
