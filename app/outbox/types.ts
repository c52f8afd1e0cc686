import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { CheckoutToken, EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import type { CurrencyCode } from "../event-contract/money.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { DestinationId } from "../settings/types.ts";

/** Where an event is on its way. The last four are final, and every accepted event ends in one of them. */
export type EventState =
  | "waiting-for-payment"
  | "joining" // waits for its browser receipt, at most until `decideAt`
  | "queued" // decided: at least one delivery is still under way
  | "delivered"
  | "withheld"
  | "refused"
  | "expired";

export type Origin = "webhook" | "collector" | "reconciled";

/** One line that counts: of which variant, how many, and what the buyer pays for them in minor units. */
export type CostLine = { readonly variantId: string | null; readonly quantity: number; readonly worth: number };

/** What an order's lines can be held against once their costs are known; kept with the event until it is decided. */
export type CostBasis = {
  /** The shop's, which costs are in. */
  readonly currency: CurrencyCode;
  /** Minor units of the buyer's currency for one of the shop's. */
  readonly rate: number;
  readonly lines: readonly CostLine[];
};

/** What became of an event's net revenue, kept with the event. */
export type NetRevenueNote = {
  /** What Meta is told, in the event's currency; null where it is not told. */
  readonly reported: number | null;
  /** How much of the order's merchandise has a known cost, in percent of its price. */
  readonly coverage: number;
  readonly reason: "costs-below-coverage" | "sold-below-cost" | null;
};

/** An event as a station hands it to the ledger. Its body is already hashed: nothing here is readable personal data but IP and user agent. */
export type NewEvent = {
  readonly shop: ShopDomain;
  readonly origin: Origin;
  readonly body: MetaEvent;
  readonly settingsVersion: number;
  readonly orderId: OrderId | null;
  readonly checkoutToken: CheckoutToken | null;
  /** Two letters (or `US-CA`), for the consent rule. */
  readonly region: string | null;
  readonly state: Extract<EventState, "waiting-for-payment" | "joining" | "withheld">;
  readonly reason: Reason | null;
  /** How long `joining` may last; 0 where no browser was involved or the signal is already here. */
  readonly joinForMs: number;
  /** Known at capture for collector events; an order's arrives with its receipt. */
  readonly signal: ConsentSignal | null;
  /** What the browser says it did for this event; null for webhooks. */
  readonly browserLeg: BrowserLeg | null;
  /** Absent: nobody wants to know. */
  readonly costBasis?: CostBasis;
};

/** The browser's word about one checkout, kept to be joined with the order's webhook. */
export type BrowserReceipt = {
  readonly shop: ShopDomain;
  readonly checkoutToken: CheckoutToken | null;
  readonly orderId: OrderId | null;
  readonly eventId: EventId | null;
  readonly data: CustomData;
  readonly leg: BrowserLeg;
  readonly fbp: string | null;
  readonly fbc: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly url: string | null;
  readonly referrer: string | null;
  readonly signal: ConsentSignal;
  readonly receivedAt: Date;
};

/** What the ledger knows of the payment of the order that a Purchase is about. */
export type KnownPurchase = {
  /** The order was not paid when it was last seen, and may still be. */
  readonly waits: boolean;
  /** When it was paid, Unix seconds, where that was after its checkout. */
  readonly paidLaterAt_s: number | null;
};

export type WebhookKey = { readonly topic: string; readonly webhookId: string };

/** Answers of the ledger; all but a database outage, which throws. */
export type Added =
  | "added" // a new event
  | "advanced" // the event was waiting for payment and now goes on (or was withheld while waiting)
  | "already-there" // the same event was there before, in any later state
  | "duplicate-webhook"; // this delivery of the webhook was taken before

export type EventKey = { readonly shop: ShopDomain; readonly eventName: EventName; readonly eventId: EventId };

/** One event to decide: its join time is over, or its receipt is here. */
export type Undecided = EventKey & {
  readonly body: MetaEvent;
  readonly origin: Origin;
  readonly orderId: OrderId | null;
  readonly region: string | null;
  readonly signal: ConsentSignal | null;
  readonly receipt: BrowserReceipt | null;
  /** What the browser said of this very event's own leg; a Purchase's comes with its receipt. */
  readonly browserLeg: BrowserLeg | null;
  readonly costBasis?: CostBasis | null | undefined;
  readonly createdAt: Date;
};

export type Decision =
  | {
      readonly kind: "send";
      readonly key: EventKey;
      readonly body: MetaEvent;
      readonly consent: ConsentReceipt;
      readonly to: readonly DestinationId[];
      readonly netRevenue?: NetRevenueNote;
    }
  | {
      readonly kind: "withhold";
      /** What the event ends as where Meta, not the merchant or the visitor, would not have it; else `withheld`. */
      readonly ending?: "refused";
      readonly key: EventKey;
      readonly reason: Reason;
      readonly consent: ConsentReceipt | null;
    };

/** A right to send, shown again when settling: a claim that another worker took over settles nothing. */
export type Claim = EventKey & {
  readonly destinationId: DestinationId;
  readonly claimedBy: string;
  /** How often this event was sent before, and why that was not the end of it. */
  readonly attempts: number;
  readonly lastReason: string | null;
  /** The event goes to no other pixel: it ends with this delivery. */
  readonly isOnly: boolean;
  /** One element of Graph's data[] as JSON text: nothing reads it between the database and Meta. */
  readonly json: string;
  readonly eventTime: Date;
  readonly actionSource: ActionSource;
  /** When the browser said that it had sent its own leg; null where it did not, or has not yet. */
  readonly browserSentAt: Date | null;
};

/** What to write after Meta's answer (or the lack of one). */
export type Settlement =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly at: Date; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "withheld"; readonly reason: Reason }
  | { readonly kind: "expired"; readonly reason: string }
  | { readonly kind: "held"; readonly reason: string };

export type Settled = {
  readonly claim: Claim;
  readonly settlement: Settlement;
  readonly traceId: string | null;
  /** The recorded requests that carried this event in this round: several where its batch was halved. */
  readonly attemptIds: readonly bigint[];
};

/** One request to Meta, kept before anything is decided from it. */
export type AttemptRecord = {
  readonly destinationId: DestinationId;
  readonly shop: ShopDomain;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly events: number;
  readonly httpStatus: number | null;
  readonly verdict: "accepted" | "try-later" | "refused" | "blocked";
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string | null;
  readonly traceId: string | null;
  /** No row of the verdict table names this answer. */
  readonly unknown?: boolean;
};
