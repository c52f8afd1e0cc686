import type { Discount, Market, Product, Shop } from "./types.ts";

// Thirteen digits, as today's shops have them.
export const PRODUCTS: readonly Product[] = [
  {
    id: "8417230094521",
    handle: "stoneware-mug",
    title: "Stoneware mug",
    vendor: "Kiln & Co",
    type: "Mugs",
    variants: [
      { id: "4581920037713", title: "Sand", sku: "MUG-SAND", price: 1890, cost: 640 },
      { id: "4581920037714", title: "Slate", sku: "MUG-SLATE", price: 1990, cost: 690 },
    ],
  },
  {
    id: "8417230094522",
    handle: "linen-tea-towel",
    title: "Linen tea towel",
    vendor: "Kiln & Co",
    type: "Kitchen linen",
    variants: [{ id: "4581920037721", title: "Default Title", sku: "TOWEL-LINEN", price: 1295, cost: 310 }],
  },
  {
    id: "8417230094523",
    handle: "pour-over-set",
    title: "Pour-over set",
    vendor: "Morning Works",
    type: "Coffee",
    variants: [
      { id: "4581920037731", title: "One cup", sku: "POUR-1", price: 4900, cost: 2105 },
      { id: "4581920037732", title: "Four cups", sku: "", price: 7450 },
    ],
  },
];

const DISCOUNTS: readonly Discount[] = [
  { code: "SAVE10", title: "SAVE10", kind: "percentage", value: 10, target: "order" },
  { code: "FIVEOFF", title: "FIVEOFF", kind: "fixed_amount", value: 500, target: "order" },
  { code: null, title: "Two towels", kind: "percentage", value: 20, target: { productId: "8417230094522" } },
];

export type ShopSeed = {
  readonly handle: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly timezone: string;
  readonly taxesIncluded: boolean;
  readonly taxRate: number;
  readonly markets: readonly Market[];
  /** Defaults to the shop's own country. */
  readonly visitorRegion?: string;
};

export const SHOP_SEEDS: readonly ShopSeed[] = [
  {
    handle: "tandem-demo",
    name: "Kiln & Co",
    currency: "EUR",
    country: "DE",
    timezone: "Europe/Berlin",
    taxesIncluded: true,
    taxRate: 0.19,
    markets: [
      { country: "US", currency: "USD", rate: 1.0842 },
      { country: "JP", currency: "JPY", rate: 162.37 },
    ],
  },
  {
    handle: "tandem-us",
    name: "Morning Works",
    currency: "USD",
    country: "US",
    timezone: "America/New_York",
    taxesIncluded: false,
    taxRate: 0.0825,
    markets: [{ country: "DE", currency: "EUR", rate: 0.9223 }],
  },
];

// The regions that Shopify's own defaults name: EEA and United Kingdom for consent, some US states for the opt-out.
// The simulator knows countries only.
const CONSENT_REQUIRED =
  "AT BE BG HR CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT CY RO SK SI ES SE GB".split(" ");

export function createShop(seed: ShopSeed, position: number): Shop {
  return {
    ...seed,
    domain: `${seed.handle}.myshopify.com`,
    id: String(61_200_340_001 + position),
    email: `owner@${seed.handle}.example`,
    shippingPrice: 490,
    markets: [{ country: seed.country, currency: seed.currency, rate: 1 }, ...seed.markets],
    products: PRODUCTS,
    collection: { id: "4410920077312", handle: "all", title: "Everything" },
    discounts: DISCOUNTS,
    privacy: { consentRequired: [...CONSENT_REQUIRED], saleOptOut: ["US"], optedOutCustomers: new Set() },
    visitorRegion: seed.visitorRegion ?? seed.country,
    staffLocale: "en",
    pixelOrderId: "digits",
    adminForbidden: false,
    adminHeld: null,
    webPixelsSaved: [],
    throttleNext: 0,
    installation: {
      installed: false,
      scopes: [],
      accessTokens: {},
      refreshTokens: [],
      webPixel: null,
      metafields: {},
      embeds: [],
      subscriptions: [],
    },
    customerMetafields: new Map(),
    carts: new Map(),
    checkouts: new Map(),
    orders: [],
  };
}

/** A shop like the first one for each handle. */
export const shopsCalled = (...handles: readonly string[]): readonly ShopSeed[] =>
  handles.flatMap((handle) => SHOP_SEEDS.slice(0, 1).map((seed) => ({ ...seed, handle })));
