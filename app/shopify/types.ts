import type { CheckoutToken, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { CurrencyCode, Money } from "../event-contract/money.ts";
import type { PurchaseLine } from "../event-contract/purchase.ts";
import type { Result } from "../event-contract/result.ts";

/** A webhook whose HMAC was right. `body` is the raw text: parsing is the next station's business. */
export type VerifiedWebhook = {
  readonly shop: ShopDomain;
  /** `orders/paid`. */
  readonly topic: string;
  /** The same on every retry of one delivery. */
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

/** A line of an order: what both legs see of it, and what only the server knows. */
export type OrderLine = PurchaseLine & {
  readonly id: string | null;
  readonly isGiftCard: boolean;
  /** Sold with a selling plan: a subscription's first order, or another kind of deferred purchase. */
  readonly isSubscription: boolean;
  /** What is left of `quantity` when what was taken off the order or given back since is off. */
  readonly currentQuantity: number;
  /** What was taken off or given back, and when; with money or without. */
  readonly takenOff: readonly { readonly at_s: number; readonly quantity: number }[];
};

/** What an order comes to as it stands: without what was taken off or given back. */
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
  /** When the buyer had it, by its carrier's word; null without such a word. */
  readonly deliveredAt_s: number | null;
  /** `none`: nothing to track. `silent`: it can be tracked, and its carrier has reported nothing yet. */
  readonly carrier: "none" | "silent" | "reports";
};

/** Money that went back to the buyer. A return without money is none. */
export type OrderRefund = {
  /** Digits. */
  readonly id: string;
  /** Unix seconds. */
  readonly at_s: number;
  /** What was paid back, in the buyer's currency: positive. */
  readonly paidBack: Money;
  /** The lines given back, at the price that the buyer had paid for them. */
  readonly lines: readonly OrderLine[];
};

/** An order webhook, reduced to the fields Tandem uses; snake_case and shop currency stop at the parser. */
export type Order = {
  readonly id: OrderId;
  readonly checkoutToken: CheckoutToken | null;
  /** `web`, `pos`, `shopify_draft_order`, `subscription_contract`, or a channel app's id. */
  readonly source: string | null;
  readonly financialStatus: FinancialStatus | null;
  readonly test: boolean;
  readonly cancelled: boolean;
  /** A company's order (B2B). */
  readonly isB2b: boolean;
  /** The merchant's tags, as they stand. */
  readonly tags: readonly string[];
  /** When the buyer placed it, Unix seconds. */
  readonly placedAt_s: number;
  /** When it was last changed before it was written down, Unix seconds; null where the payload does not say. */
  readonly updatedAt_s: number | null;
  /** The first payment or authorization that succeeded. The Admin API alone tells it; null in a webhook. */
  readonly firstPaidAt_s: number | null;
  /** Whether its money comes after the order, by Shopify's own names of such methods, or because terms were agreed. */
  readonly paysAfterwards: boolean;
  /**
   * When it came to count, where that was after the checkout, by its payment, its delivery or its tag: everything else is
   * then as it stood at that moment.
   */
  readonly countedLaterAt_s?: number;
  /** Whether nothing is left to hand over or send. */
  readonly isFulfilled: boolean;
  readonly parcels: readonly Parcel[];
  readonly currency: CurrencyCode;
  readonly lines: readonly OrderLine[];
  readonly refunds: readonly OrderRefund[];
  readonly total: Money;
  readonly tax: Money;
  readonly shipping: Money;
  /** Null where the payload does not tell all of it. */
  readonly current: CurrentAmounts | null;
  /** The total in the shop's own currency; null where the payload does not tell it. */
  readonly shopTotal: Money | null;
  readonly person: Person;
  /** Where the buyer is for the consent rule: `DE`, `US-CA`, or null where the order has no address. */
  readonly region: string | null;
  readonly browserIp: string | null;
  readonly userAgent: string | null;
  /** Path and query of the first page of the visit. */
  readonly landingSite: string | null;
  readonly referringSite: string | null;
  /** Private cart attributes `__tandem_*` and whatever else the cart carried. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Why a payload could not become an event: kept with the quarantined body, in words for the person who reads it. */
export type PayloadProblem = {
  readonly code: "not-json" | "not-an-order" | "not-an-app-request" | "not-storable";
  readonly detail: string;
};
export type Parsed<T> = Result<T, { readonly problem: PayloadProblem }>;

/** What the app subscribes to about itself, and Shopify's three compliance topics. */
export type AppTopic =
  "customers/redact" | "customers/data_request" | "shop/redact" | "app/uninstalled" | "app/scopes_update";

/** What it takes about orders. */
export type OrderTopic =
  "orders/create" | "orders/paid" | "orders/updated" | "orders/cancelled" | "orders/fulfilled" | "refunds/create";

/** What it takes about parcels, where the operator subscribes to it: it tells of the order's id alone. */
export type ParcelTopic = "fulfillments/create" | "fulfillments/update" | "fulfillment_events/create";

export type WebhookTopic = AppTopic | OrderTopic | ParcelTopic;
