import { DEFAULT_ORDER_SETTINGS } from "../event-contract/order-settings.ts";
import { DEFAULT_MAPPING } from "./event-mapping.ts";
import { DEFAULT_FUNNEL } from "./funnel.ts";
import type { Settings } from "./types.ts";

/** The settings of a new shop. The settings table has the same defaults; a test compares the two. */
export const DEFAULT_SETTINGS = {
  purchaseTrigger: "paid",
  valueBasis: "subtotal",
  contentId: "variant_id",
  contentCountry: "US",
  storefrontMode: "pixel",
  contextWaitSeconds: 90,
  giftCards: "count",
  noAnswer: "as-policy",
  forms: [],
  mapping: DEFAULT_MAPPING,
  orders: DEFAULT_ORDER_SETTINGS,
  funnel: DEFAULT_FUNNEL,
} as const satisfies Required<Omit<Settings, "shop" | "version">>;
