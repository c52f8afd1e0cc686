import type { CheckoutToken, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { CurrencyCode, Money } from "../event-contract/money.ts";
import type { PurchaseLine } from "../event-contract/purchase.ts";
import type { Result } from "../event-contract/result.ts";

/** A webhook with a valid HMAC. `body` is the raw text, not parsed yet. */
export type VerifiedWebhook = {
  readonly shop: ShopDomain;
  /** `orders/paid`. */
  readonly topic: string;
  /** The same for every retry of one delivery. */
  readonly webhookId: string;
  readonly apiVersion: string;
  readonly triggeredAt: string | null;
  readonly body: string;
};

export type FinancialStatus =
  "pending" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided";

export type Person = {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly zip: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly customerId: string | null;
};

/** A line of an order: the part that both legs see, and the fields that only the server has. */
export type OrderLine = PurchaseLine & {
  readonly id: string | null;
  readonly isGiftCard: boolean;
  /** Sold with a selling plan: a subscription's first order, or another kind of deferred purchase. */
  readonly isSubscription: boolean;
  /** The remaining quantity after removals and returns. */
  readonly currentQuantity: number;
  /** Removed or returned quantities and their times, with or without money. */
  readonly takenOff: readonly { readonly at_s: number; readonly quantity: number }[];
};

/** An order's current amounts, without removed and returned lines. */
export type CurrentAmounts = {
  readonly subtotal: Money;
  readonly total: Money;
  readonly tax: Money;
  readonly shipping: Money;
};

/** A part of the order that was handed over or sent: what Shopify calls a fulfillment. */
export type Parcel = {
  /** When it was handed over or sent, Unix seconds. */
  readonly at_s: number;
  /** When the carrier reported delivery, Unix seconds; null without such a report. */
  readonly deliveredAt_s: number | null;
  /** `none`: nothing to track. `silent`: trackable, but its carrier has reported nothing yet. */
  readonly carrier: "none" | "silent" | "reports";
};

/** A refund with money. Returns without money are not included. */
export type OrderRefund = {
  /** Digits. */
  readonly id: string;
  /** Unix seconds. */
  readonly at_s: number;
  /** The refunded amount in the buyer's currency; positive. */
  readonly paidBack: Money;
  /** The returned lines, at the price that the buyer paid. */
  readonly lines: readonly OrderLine[];
};

/** An order webhook, reduced to the fields that Tandem uses; snake_case and shop currency end at the parser. */
export type Order = {
  readonly id: OrderId;
  /** What the merchant calls it, `#1001`; null if it is absent or endless. */
  readonly name: string | null;
  readonly checkoutToken: CheckoutToken | null;
  /** `web`, `pos`, `shopify_draft_order`, `subscription_contract`, or a channel app's ID. */
  readonly source: string | null;
  readonly financialStatus: FinancialStatus | null;
  readonly test: boolean;
  readonly cancelled: boolean;
  /** A company's order (B2B). */
  readonly isB2b: boolean;
  /** The merchant's tags, unchanged. */
  readonly tags: readonly string[];
  /** When the buyer placed it, Unix seconds. */
  readonly placedAt_s: number;
  /** When it was last changed before the payload was written, Unix seconds; null if the payload does not say. */
  readonly updatedAt_s: number | null;
  /** The first successful payment or authorization, Unix seconds. Only the Admin API returns it; null in a webhook. */
  readonly firstPaidAt_s: number | null;
  /** Whether it is paid after the order, by Shopify's own names of such methods or by agreed payment terms. */
  readonly paysAfterwards: boolean;
  /**
   * When the order counts (by payment, delivery or tag), Unix seconds, if that was after checkout; its other fields are
   * then as of that time.
   */
  readonly countedLaterAt_s?: number;
  /** Whether nothing remains to be handed over or sent. */
  readonly isFulfilled: boolean;
  readonly parcels: readonly Parcel[];
  readonly currency: CurrencyCode;
  readonly lines: readonly OrderLine[];
  readonly refunds: readonly OrderRefund[];
  readonly total: Money;
  readonly tax: Money;
  readonly shipping: Money;
  /** Null unless the payload contains all of it. */
  readonly current: CurrentAmounts | null;
  /** The total in the shop's own currency; null if the payload lacks it. */
  readonly shopTotal: Money | null;
  readonly person: Person;
  /** The buyer's region for the consent rule: `DE`, `US-CA`, or null if the order has no address. */
  readonly region: string | null;
  readonly browserIp: string | null;
  readonly userAgent: string | null;
  /** Path and query of the visit's first page. */
  readonly landingSite: string | null;
  readonly referringSite: string | null;
  /** Tandem's private cart attributes `__tandem_*` and all others. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Why a payload could not become an event; stored with the quarantined body, for a person to read. */
export type PayloadProblem = {
  readonly code: "not-json" | "not-an-order" | "not-an-app-request" | "not-a-report" | "not-storable";
  readonly detail: string;
};
export type Parsed<T> = Result<T, { readonly problem: PayloadProblem }>;

/** The app's own topics, and Shopify's three compliance topics. */
export type AppTopic =
  "customers/redact" | "customers/data_request" | "shop/redact" | "app/uninstalled" | "app/scopes_update";

/** The order topics that the app handles. */
export type OrderTopic =
  "orders/create" | "orders/paid" | "orders/updated" | "orders/cancelled" | "orders/fulfilled" | "refunds/create";

/** The fulfillment topics, if the operator subscribes to them. Only their order ID is used. */
export type ParcelTopic = "fulfillments/create" | "fulfillments/update" | "fulfillment_events/create";

export type WebhookTopic = AppTopic | OrderTopic | ParcelTopic;
