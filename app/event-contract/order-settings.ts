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
  /** Whether the server's leg of a Purchase says what is left of its value after the items' costs (`net_revenue`). */
  readonly netRevenue: boolean;
  /** How much of an order's merchandise must have a known cost for that, in percent of its price. */
  readonly netRevenueCoverage: number;
  /** How many days after it was placed an order may still be paid; then it is withheld, and its visitor forgotten. */
  readonly waitForPaymentDays: number;
  /** The first that fits decides; an order that none fits is sent. */
  readonly rules: readonly OrderRule[];
};

/** What holds where the merchant has chosen nothing. */
export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  subscribeEvent: true,
  refundEvent: false,
  upsellEvent: false,
  customerSegmentation: true,
  predictedOrders: null,
  netRevenue: false,
  netRevenueCoverage: 100,
  waitForPaymentDays: 45,
  rules: [],
};
