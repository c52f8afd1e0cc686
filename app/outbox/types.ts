import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { CheckoutToken, EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName, SentName } from "../event-contract/event-name.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import type { CurrencyCode } from "../event-contract/money.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { NewLead, StageRow } from "../leads/types.ts";
import type { PixelId } from "../settings/types.ts";
import type { Order } from "../shopify/types.ts";

/** An event's state. The last four are final, and every accepted event ends in one of them. */
export type EventState =
  | "waiting-for-payment"
  | "joining" // waits for its browser receipt, at most until `decideAt`
  | "queued" // decided: at least one delivery is open
  | "delivered"
  | "withheld"
  | "refused"
  | "expired";

export type Origin = "webhook" | "collector" | "reconciled" | "lead" | "test";

/** A line that counts: its variant, its quantity, and the total that the buyer pays, in minor units. */
export type CostLine = { readonly variantId: string | null; readonly quantity: number; readonly worth: number };

/** What net revenue needs from the order once costs are known; stored with the event until it is decided. */
export type CostBasis = {
  /** The shop's currency, which costs are in. */
  readonly currency: CurrencyCode;
  /** Minor units of the buyer's currency per minor unit of the shop's. */
  readonly rate: number;
  readonly lines: readonly CostLine[];
};

/** The result of an event's net revenue calculation, stored with the event. */
export type NetRevenueNote = {
  /** The net revenue sent to Meta, in the event's currency; null if none is sent. */
  readonly reported: number | null;
  /** The share of the order's merchandise with a known cost, in percent of its price. */
  readonly coverage: number;
  readonly reason: "costs-below-coverage" | "sold-below-cost" | null;
};

/** What is kept of a Purchase's order for a rehearsal, without its buyer. */
export type OrderFacts = {
  /** As Shopify sent it; tags are digests. */
  readonly order: Order;
  /** The message that brought it. */
  readonly occasion: { readonly topic: string | null; readonly at_s: number | null };
  /** Whether the order's own customer data is enough for Meta. */
  readonly isIdentifiable: boolean;
};

/**
 * An event before it is stored. Its body is already hashed; IP address and user agent are the only readable personal
 * data.
 */
export type NewEvent = {
  readonly shop: ShopDomain;
  readonly origin: Origin;
  readonly body: MetaEvent;
  readonly settingsVersion: number;
  readonly orderId: OrderId | null;
  /** What the merchant calls the order; absent for a browser's event. */
  readonly orderName?: string | null;
  readonly checkoutToken: CheckoutToken | null;
  /** A country code (or `US-CA`), for the consent rule. */
  readonly region: string | null;
  readonly state: Extract<EventState, "waiting-for-payment" | "joining" | "withheld">;
  readonly reason: Reason | null;
  /** The longest time in `joining`, in milliseconds; 0 if no browser was involved or the signal is already known. */
  readonly joinForMs: number;
  /** Known at capture for collector events; for an order it comes with the receipt. */
  readonly signal: ConsentSignal | null;
  /** What the browser reports about its own leg; null for webhooks. */
  readonly browserLeg: BrowserLeg | null;
  /** Absent when net revenue is off. */
  readonly costBasis?: CostBasis;
  /** Of a Purchase whose order can be rehearsed. */
  readonly orderFacts?: OrderFacts;
  /** A test event: sent under a test event code only, and in no figure. Absent: a real one. */
  readonly isTest?: boolean;
  /** The lead and the stage that are stored with the event, if it is new. Absent: none. */
  readonly lead?: NewLead;
  readonly stage?: StageRow;
};

/** The browser's report about one checkout, stored to be joined with the order's webhook. */
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

/** What the ledger knows about the payment of a Purchase's order. */
export type KnownPurchase = {
  /** The order did not count when last received, and may still. */
  readonly waits: boolean;
  /** When the order counted, Unix seconds, if that was after checkout. */
  readonly countedLaterAt_s: number | null;
};

export type WebhookKey = { readonly topic: string; readonly webhookId: string };

/** Results of writing an event. A database outage throws instead. */
export type Added =
  | "added" // a new event
  | "advanced" // the event waited for payment and now proceeds (or was withheld while waiting)
  | "already-there" // the event already existed, in any later state
  | "duplicate-webhook"; // this webhook delivery was already processed

export type EventKey = { readonly shop: ShopDomain; readonly eventName: EventName; readonly eventId: EventId };

/** An event to decide: its join time is over, or its receipt has arrived. */
export type Undecided = EventKey & {
  readonly body: MetaEvent;
  readonly origin: Origin;
  readonly orderId: OrderId | null;
  readonly region: string | null;
  readonly signal: ConsentSignal | null;
  readonly receipt: BrowserReceipt | null;
  /** Other receipts of the same order that differ from it: at most one of them is the buyer's. Absent: none. */
  readonly otherReceipts?: readonly BrowserReceipt[];
  /** The browser's report about this event's own leg; a Purchase's comes with its receipt. */
  readonly browserLeg: BrowserLeg | null;
  readonly costBasis?: CostBasis | null | undefined;
  readonly isTest?: boolean;
  /** Of a lead's stage: its name at Meta, and the pixels that know the lead; null: any that take it. */
  readonly ofLead?: { readonly as: SentName; readonly pixelIds: readonly PixelId[] | null };
  readonly createdAt: Date;
};

export type Decision =
  | {
      readonly kind: "send";
      readonly key: EventKey;
      readonly body: MetaEvent;
      readonly consent: ConsentReceipt;
      readonly to: readonly PixelId[];
      readonly netRevenue?: NetRevenueNote;
    }
  | {
      readonly kind: "withhold";
      /** `refused` if Meta would not accept the event; absent (`withheld`) if the merchant or the visitor decided. */
      readonly ending?: "refused";
      readonly key: EventKey;
      readonly reason: Reason;
      readonly consent: ConsentReceipt | null;
    };

/** The right to send a delivery, checked again when settling: a claim that another worker took over settles nothing. */
export type Claim = EventKey & {
  readonly pixelId: PixelId;
  readonly claimedBy: string;
  /** How often the event was sent before, and why the last attempt did not end it. */
  readonly attempts: number;
  readonly lastReason: string | null;
  /** No other pixel gets the event, so it ends with this delivery. */
  readonly isOnly: boolean;
  /** One element of Graph's data[] as JSON text; passed from the database to Meta without parsing. */
  readonly json: string;
  readonly eventTime: Date;
  readonly actionSource: ActionSource;
  /** When the browser reported its own leg as sent; null if it has not. */
  readonly browserSentAt: Date | null;
  /** A test event, which is sent under a test event code only. */
  readonly isTest?: boolean;
  /** Which storefront event it is, under the pixel's lease; absent: a delivery, claimed by itself. */
  readonly storefront?: StorefrontPlace;
  /** Of a delivery: the storefront event that it is about; absent: an event of the table `event`. */
  readonly storefrontPosition?: number;
};

/** Where a storefront event is: the UTC day of its time, and its position. */
export type StorefrontPlace = { readonly day: string; readonly position: number };

/** The result to store after Meta's answer, or after none came. */
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
  /** The recorded requests that carried this event in this round; several if its batch was halved. */
  readonly attemptIds: readonly bigint[];
};

/** One request to Meta, stored before anything is decided from it. */
export type AttemptRecord = {
  readonly pixelId: PixelId;
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
  /** The verdict table has no row for this answer. */
  readonly unknown?: boolean;
  /** The test event code that it was sent under; null or absent: none. */
  readonly testEventCode?: string | null;
  /** The storefront events that it carried. */
  readonly positions?: readonly number[];
};
