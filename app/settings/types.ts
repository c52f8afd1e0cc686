import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PurchaseTrigger, StorefrontMode } from "../event-contract/published-settings.ts";
import type { MeasurementRules } from "../event-contract/purchase.ts";

/** What the merchant says about orders of one sales channel (or kind), or with one tag. */
export type OrderRule = {
  readonly match: "channel" | "tag";
  readonly value: string;
  readonly action: "send" | "withhold";
};

/** Choices about particular kinds of orders. Only the server's leg knows of them. */
export type OrderSettings = {
  /** Whether a subscription's first order is reported as `Subscribe` too. */
  readonly subscribeEvent: boolean;
  /** Whether money paid back is reported as the custom event `OrderRefunded`. */
  readonly refundEvent: boolean;
  /** Whether items added after the checkout are reported as the custom event `UpsellPurchase`. */
  readonly upsellEvent: boolean;
  /** Whether Meta is told that a customer is new or returning, where the checkout says so. */
  readonly customerSegmentation: boolean;
  /** How many orders a subscription is expected to have: `predicted_ltv` is the first one's value times this. */
  readonly predictedOrders: number | null;
  /** The least percentage of an order's items whose cost must be known for `net_revenue`; null leaves it out. */
  readonly netRevenueCoverage: number | null;
  /** The first that fits decides; an order that none fits is sent. */
  readonly rules: readonly OrderRule[];
};

/** One version of a shop's settings. Saving makes a new version; every event keeps the number of the one that made it. */
export type Settings = MeasurementRules & {
  readonly shop: ShopDomain;
  readonly version: number;
  readonly purchaseTrigger: PurchaseTrigger;
  readonly storefrontMode: StorefrontMode;
  /** How long an order's event waits for its browser receipt before it goes without. */
  readonly contextWaitSeconds: number;
  /** Absent: nothing was chosen. */
  readonly orders?: OrderSettings;
};

export type DestinationId = string;

/** `active` sends; `paused` by the merchant; `blocked` until the merchant mends the reason (a dead token). */
export type DestinationState = "active" | "paused" | "blocked";

/** A Meta pixel (dataset) that a shop's events go to. The token never leaves the store but sealed. */
export type Destination = {
  readonly id: DestinationId;
  readonly shop: ShopDomain;
  readonly pixelId: string;
  readonly hasToken: boolean;
  readonly testEventCode: string | null;
  readonly state: DestinationState;
  readonly stateReason: string | null;
};

/** What the hot paths need to know of a shop, read in one query and cached for a moment. */
export type ShopProfile = {
  readonly shop: ShopDomain;
  readonly ingestKey: string;
  /** False after `app/uninstalled`: nothing is sent any more. */
  readonly installed: boolean;
  readonly settings: Settings;
  readonly destinations: readonly Destination[];
};
