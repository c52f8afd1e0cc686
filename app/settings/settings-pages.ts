/** The settings pages, in the order of their navigation, and the choices that each of them saves. */
export const SETTINGS_PAGES = {
  pixels: [],
  purchase: ["purchaseTrigger", "triggerTag", "valueBasis", "giftCards"],
  "storefront-events": ["storefrontMode", "contentId", "contentCountry", "mapping"],
  consent: ["noAnswer"],
  forms: ["forms"],
  advanced: [
    "contextWaitSeconds",
    "waitForPaymentDays",
    "subscribeEvent",
    "predictedOrders",
    "refundEvent",
    "upsellEvent",
    "customerSegmentation",
    "netRevenue",
    "netRevenueCoverage",
    "rules",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SettingsPageName = keyof typeof SETTINGS_PAGES;

/** The pages with a form that saves a version of the settings. */
export type VersionedPage = Exclude<SettingsPageName, "pixels">;

export const SETTINGS_PAGE_NAMES: readonly SettingsPageName[] = [
  "pixels",
  "purchase",
  "storefront-events",
  "consent",
  "forms",
  "advanced",
];

export const settingsUrl = (page: SettingsPageName): string =>
  page === "pixels" ? "/app/settings" : `/app/settings/${page}`;
