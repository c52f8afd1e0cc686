import type { FoundSender } from "../event-contract/other-senders.ts";
import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { ActionSource, MetaEvent } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { BrowserLeg, SkippedBecause } from "../event-contract/wire.ts";
import type { AttemptRecord, EventState, NetRevenueNote, Origin } from "../outbox/types.ts";

/** One line of the Events page. */
export type EventRow = {
  readonly shop: ShopDomain;
  readonly eventName: EventName;
  readonly eventId: EventId;
  readonly eventTime: Date;
  readonly orderId: OrderId | null;
  /** What the merchant calls the order, such as #1001; null where only its ID is known. */
  readonly orderName: string | null;
  /** Where it happened: only what happened on the website has a browser. */
  readonly actionSource: ActionSource;
  /** A test event: sent under a test event code only, and in no figure. */
  readonly isTest: boolean;
  readonly state: EventState;
  readonly reason: string | null;
  /** The state of the pixel that the event waits for; null if none holds it back. */
  readonly heldBy: "blocked" | "paused" | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** `unseen`: no browser has reported this event (yet). */
  readonly browserLeg: "sent" | "skipped" | "unseen";
  /** Whether both legs carry the same name, value, currency, content IDs and item count; null while one is missing. */
  readonly legsAgree: boolean | null;
};

/** An event by its name and ID. */
export type EventAt = {
  readonly eventName: string;
  readonly eventId: string;
  /** Which of several storefront events under this ID; null: the one that came last. */
  readonly eventTime: Date | null;
};

/** Both legs side by side, and every attempt. */
export type EventDetail = EventRow & {
  readonly origin: Origin;
  readonly settingsVersion: number;
  readonly createdAt: Date;
  readonly server: MetaEvent;
  readonly browser: { readonly data: CustomData; readonly leg: BrowserLeg; readonly seenAt: Date } | null;
  readonly consent: ConsentReceipt | null;
  /** What a browser reported about consent after the decision, which it did not change. */
  readonly lateSignal: ConsentSignal | null;
  /** Null when net revenue is off, and before the decision. */
  readonly netRevenue: NetRevenueNote | null;
  readonly deliveries: readonly DeliveryDetail[];
};

export type DeliveryDetail = {
  readonly metaPixelId: string;
  readonly state: "queued" | "held" | "delivered" | "withheld" | "refused" | "expired";
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly attempts: readonly AttemptRecord[];
};

/** One event of an order, with the last that Meta said of it to each pixel. Holds nothing of a customer's. */
export type OrderEvent = EventRow & {
  /** Why the browser did not send it, where a browser reported that it did not. */
  readonly browserSkipped: SkippedBecause | null;
  readonly deliveries: readonly OrderDelivery[];
};

/** One event of a lead, with how consent was decided for it. */
export type LeadEvent = OrderEvent & Pick<EventDetail, "consent" | "lateSignal">;

export type OrderDelivery = Pick<DeliveryDetail, "metaPixelId" | "state" | "reason"> & {
  /** Null before the first request. */
  readonly answer: MetaAnswer | null;
};

export type MetaAnswer = Pick<AttemptRecord, "verdict" | "message" | "httpStatus" | "code" | "traceId">;

/** Every event of one order, oldest first. */
export type OrderDetail = {
  readonly orderId: OrderId;
  /** What the merchant calls it: #1001. Null if no event knows. */
  readonly orderName: string | null;
  readonly events: readonly EventDetail[];
};

export type EventPage = { readonly rows: readonly EventRow[]; readonly nextCursor: string | null };

/** The facts that complete the setup guide's steps. */
export type SetupFacts = {
  readonly pixelConnected: boolean;
  /** Null until a token has been checked or used. */
  readonly tokenValid: boolean | null;
  /** Meta's numbers of the pixels that send with a token that Meta has not accepted yet. */
  readonly unconfirmedPixels: readonly string[];
  /** Meta's numbers of the pixels whose token Meta is being asked about because a merchant wants to know. */
  readonly pixelsBeingChecked: readonly string[];
  /** Of the present installation; null for a shop that is not installed. */
  readonly installedAt: Date | null;
  readonly webPixelOn: boolean;
  /** A check with Shopify whether the web pixel is still on is due. */
  readonly webPixelInQuestion: boolean;
  readonly embedSeenAt: Date | null;
  readonly firstBrowserEventAt: Date | null;
  readonly firstServerEventAt: Date | null;
  /** The first event that both legs reported and Meta accepted from the server. */
  readonly firstPairAt: Date | null;
  /** When Meta first accepted a Purchase of the present installation from the server. */
  readonly firstPurchaseAt: Date | null;
  readonly quarantined: number;
  /** Requests of the last seven days whose answer has no row in the verdict table. */
  readonly unknownAnswers: number;
  /** What else sent to a connected pixel from the shop's pages in the last seven days. */
  readonly otherSenders: readonly FoundSender[];
  /** Posts that the collector refused in the last seven days, by reason, the most frequent first. */
  readonly refusedPosts: readonly { readonly reason: string; readonly posts: number }[];
};

/** Why the ledger lacked an order that Shopify has. */
export type MissingBecause =
  | "webhook-never-came"
  | "payment-webhook-never-came" // the event was waiting for its payment, which Shopify has
  | "trigger-webhook-never-came" // the event was waiting for what the order now has: it is fulfilled or tagged
  | "quarantined"; // the webhook came and could not be read

/** The outcome for an order that was missing. */
export type MissingOutcome =
  | "added"
  | "advanced"
  | "already-there" // its webhook arrived during the comparison
  | "too-old" // Meta no longer accepts it
  | "unreadable"
  | "gone"; // deleted in the meantime

export type MissingOrder = {
  readonly orderId: string;
  readonly because: MissingBecause;
  readonly outcome: MissingOutcome;
};

/** One comparison of a shop's orders with the ledger. Times are ISO 8601. */
export type ReconcileReport = {
  readonly shop: string;
  /** Orders that changed between these two times were compared. */
  readonly from: string;
  readonly until: string;
  readonly orders: number;
  /** Orders from before the app was installed: never sent. */
  readonly beforeInstallation: number;
  /** Orders that the ledger has and withholds, by reason. */
  readonly withheld: Readonly<Record<string, number>>;
  readonly missing: number;
  /** The first hundred of them. */
  readonly found: readonly MissingOrder[];
  /** Why it stopped early, as ledger/comparison-problem.ts reads it; the next run continues from there. */
  readonly problem: string | null;
};

export type ReconcileState = {
  readonly watermark: Date | null;
  readonly finishedAt: Date | null;
  readonly problem: string | null;
  readonly report: ReconcileReport | null;
};
