import type { CustomerMetafield, ShopSubscription } from "./subscription-types.ts";

/** Minor units (cents, yen) of a currency, as integers: the simulator does its own accounting, separate from the app's. */
export type Amount = number;

export type Variant = {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  /** In the shop's currency. */
  readonly price: Amount;
  /** What a piece costs the merchant, in the shop's currency; absent: never entered. */
  readonly cost?: Amount;
};

export type Product = {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly vendor: string;
  readonly type: string;
  readonly variants: readonly Variant[];
};

export type Market = {
  /** Two letters. */
  readonly country: string;
  readonly currency: string;
  /** One unit of the shop's currency in this one. */
  readonly rate: number;
};

export type Discount = {
  /** Null: automatic. */
  readonly code: string | null;
  readonly title: string;
  readonly kind: "percentage" | "fixed_amount";
  /** Percent, or minor units of the shop's currency. */
  readonly value: number;
  /** `order`: spread over all lines. A product id: only that product's lines, from two pieces on. */
  readonly target: "order" | { readonly productId: string };
};

export type CartLine = { readonly variantId: string; quantity: number; readonly properties: Record<string, string> };

export type Cart = {
  readonly token: string;
  lines: CartLine[];
  attributes: Record<string, string>;
  note: string;
  country: string;
  discountCode: string | null;
  landingSite: string;
  referringSite: string;
  /** Events of the last form post, published by the next page as the real manager does after a redirect. */
  pendingEvents: PixelEvent[];
};

export type PixelEvent = { readonly name: string; readonly data: unknown };

export type Address = {
  readonly firstName: string;
  readonly lastName: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly province: string;
  readonly provinceCode: string;
  readonly zip: string;
  readonly countryCode: string;
  readonly phone: string;
};

export type PaymentMethod = "card" | "bank-transfer";

export type Buyer = { readonly email: string; readonly address: Address; readonly acceptsMarketing: boolean };

export type Checkout = {
  readonly token: string;
  readonly id: string;
  /** Attributes and lines as they were when checkout opened: later cart writes never reach the order. */
  readonly cart: Cart;
  discountCode: string | null;
  buyer: Buyer | null;
  payment: PaymentMethod;
  started: boolean;
  completedEventSent: boolean;
  orderId: string | null;
};

export type DiscountAllocation = { readonly discount: Discount; readonly amount: Amount };

export type PricedLine = {
  readonly product: Product;
  readonly variant: Variant;
  readonly quantity: number;
  readonly properties: Record<string, string>;
  readonly unitPrice: Amount;
  readonly total: Amount;
  readonly allocations: readonly DiscountAllocation[];
  /** After every allocation. */
  readonly net: Amount;
  readonly tax: Amount;
};

/** What a cart or checkout costs, in the market's currency. */
export type Priced = {
  readonly currency: string;
  readonly country: string;
  readonly lines: readonly PricedLine[];
  readonly discounts: readonly Discount[];
  readonly discountTotal: Amount;
  readonly subtotal: Amount;
  readonly shipping: Amount;
  readonly tax: Amount;
  readonly taxRate: number;
  readonly taxesIncluded: boolean;
  readonly total: Amount;
};

export type SourceName = "web" | "pos" | "shopify_draft_order" | "subscription_contract";
export type FinancialStatus =
  "pending" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided";

/** What went back: money in the order's currency, or none where lines were taken off; and the lines, by position. */
export type Refund = {
  readonly id: string;
  readonly at: Date;
  readonly amount: Amount;
  readonly lines: readonly { readonly position: number; readonly quantity: number }[];
};

export type Order = {
  readonly id: string;
  readonly number: number;
  readonly shop: string;
  readonly priced: Priced;
  readonly lineIds: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly note: string;
  readonly buyer: Buyer | null;
  readonly customerId: string;
  readonly payment: PaymentMethod;
  readonly source: SourceName;
  readonly test: boolean;
  readonly checkoutToken: string | null;
  readonly checkoutId: string | null;
  readonly cartToken: string | null;
  readonly token: string;
  readonly browserIp: string | null;
  readonly userAgent: string | null;
  readonly landingSite: string | null;
  readonly referringSite: string | null;
  readonly createdAt: Date;
  /** A company's order. */
  readonly isB2b: boolean;
  readonly refunds: Refund[];
  /** Shopify's fulfillments: what was handed over or sent. */
  parcels: Parcel[];
  readonly tags: string[];
  financialStatus: FinancialStatus;
  /** When the merchant marked it as paid. */
  paidAt: Date | null;
  cancelledAt: Date | null;
  updatedAt: Date;
};

export type Parcel = {
  readonly id: string;
  readonly at: Date;
  readonly updatedAt: Date;
  readonly tracking: string | null;
  /** `shipment_status`; null until somebody reports. */
  readonly status: string | null;
  readonly deliveredAt: Date | null;
};

export type StoredMetafield = {
  readonly id: string;
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly updatedAt: string;
};

/** Shopify's state of the app in one shop. Saved in `stateFile`, if there is one. */
export type Installation = {
  installed: boolean;
  scopes: string[];
  accessTokens: Record<string, { expiresAt: number; online: boolean }>;
  /** Unused refresh tokens. A used one is gone, so that a second use is refused. */
  refreshTokens: string[];
  webPixel: { id: string; settings: Record<string, string> } | null;
  metafields: Record<string, StoredMetafield>;
  /** Handles of the app's embed blocks that the merchant switched on in the theme editor. */
  embeds: string[];
  subscriptions: ShopSubscription[];
};

export type ConsentRegions = {
  /** Country codes where tracking needs consent. */
  consentRequired: string[];
  /** Country codes where visitors may opt out of the sale of data. */
  saleOptOut: string[];
  /** Ids of customers who opted out of the sale of their data. */
  readonly optedOutCustomers: Set<string>;
};

export type Shop = {
  readonly domain: string;
  readonly handle: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly currency: string;
  readonly country: string;
  readonly timezone: string;
  readonly taxesIncluded: boolean;
  readonly taxRate: number;
  /** Minor units of the shop's currency. */
  readonly shippingPrice: Amount;
  readonly markets: readonly Market[];
  readonly products: readonly Product[];
  readonly collection: { readonly id: string; readonly handle: string; readonly title: string };
  readonly discounts: readonly Discount[];
  readonly privacy: ConsentRegions;
  /** The visitors' region; `?simulator_region=DE` overrides it for one browser. */
  visitorRegion: string;
  /** The language in which the staff use the admin: the `locale` of the app's address. */
  staffLocale: string;
  /** How the web pixel sees `checkout.order.id`: its real form is not documented. */
  pixelOrderId: "digits" | "gid" | "absent";
  /** Admin API answers 403, as it does for callers outside the app's IP allowlist. */
  adminForbidden: boolean;
  /** Until then the Admin API does not answer. */
  adminHeld: Promise<void> | null;
  /** What the web pixel was given, one after another, also by an installation before. */
  webPixelsSaved: Readonly<Record<string, string>>[];
  /** Admin API answers THROTTLED to this many next requests. */
  throttleNext: number;
  installation: Installation;
  /** By the customer's ID. */
  readonly customerMetafields: Map<string, readonly CustomerMetafield[]>;
  readonly carts: Map<string, Cart>;
  readonly checkouts: Map<string, Checkout>;
  readonly orders: Order[];
};
