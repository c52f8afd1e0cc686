/** The merchant's rule for orders of one sales channel (or kind), or with one tag. */
export type OrderRule = {
  readonly match: "channel" | "tag";
  readonly value: string;
  readonly action: "send" | "withhold";
};

/**
 * What makes an order count. `placed`: its placement. `paid`: its payment or authorization. `fulfilled`: the delivery
 * of all its parcels if the carriers report it, otherwise its fulfillment. `tagged`: a tag that the merchant names.
 */
export type PurchaseTrigger = "placed" | "paid" | "fulfilled" | "tagged";

/** Whether the trigger always fires after checkout, so that the browser cannot report the Purchase. */
export const countsLater = (trigger: PurchaseTrigger): trigger is "fulfilled" | "tagged" =>
  trigger === "fulfilled" || trigger === "tagged";

/** Settings for particular kinds of orders. Only the server leg uses them. */
export type OrderSettings = {
  /** Whether a subscription's first order also sends `Subscribe`. */
  readonly subscribeEvent: boolean;
  /** Whether refunds send the custom event `OrderRefunded`. */
  readonly refundEvent: boolean;
  /** Whether items added after checkout send the custom event `UpsellPurchase`. */
  readonly upsellEvent: boolean;
  /** Whether events say that a customer is new or returning, if the checkout says so. */
  readonly customerSegmentation: boolean;
  /** The expected number of orders per subscription: `predicted_ltv` is the first order's value times this. */
  readonly predictedOrders: number | null;
  /** Whether the server leg of a Purchase has `net_revenue`: its value minus the items' costs. */
  readonly netRevenue: boolean;
  /** The minimum share of an order's merchandise with a known cost, in percent of its price, for `net_revenue`. */
  readonly netRevenueCoverage: number;
  /**
   * How many days after placement an order may still be paid, fulfilled or tagged, by its trigger; then it is withheld,
   * and its visitor's data deleted.
   */
  readonly waitForPaymentDays: number;
  /** The order tag of the trigger `tagged`; empty before one is named. */
  readonly triggerTag: string;
  /** The first matching rule decides; an order that no rule matches is sent. */
  readonly rules: readonly OrderRule[];
};

/** The settings of a merchant who has changed none. */
export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  subscribeEvent: true,
  refundEvent: false,
  upsellEvent: false,
  customerSegmentation: true,
  predictedOrders: null,
  netRevenue: false,
  netRevenueCoverage: 100,
  waitForPaymentDays: 45,
  triggerTag: "",
  rules: [],
};
