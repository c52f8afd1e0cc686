import type { TextKey } from "./catalogue.ts";
import { choicesOf } from "./choices.ts";
import type { Words } from "./words.ts";

/** The labels of the settings' fields, by the names that a save gives them. */
const LABELS = {
  purchaseTrigger: "settings.trigger",
  triggerTag: "settings.trigger-tag",
  valueBasis: "settings.value",
  contentId: "settings.content-id",
  contentCountry: "settings.content-country",
  storefrontMode: "settings.storefront-mode",
  contextWaitSeconds: "settings.wait",
  giftCards: "settings.gift-cards",
  subscribeEvent: "settings.orders.subscribeEvent",
  predictedOrders: "settings.predicted-orders",
  refundEvent: "settings.orders.refundEvent",
  upsellEvent: "settings.orders.upsellEvent",
  customerSegmentation: "settings.orders.customerSegmentation",
  netRevenue: "netRevenue.choice",
  netRevenueCoverage: "netRevenue.smallest-coverage",
  waitForPaymentDays: "settings.wait-days",
  rules: "settings.rules",
  noAnswer: "settings.no-answer",
  forms: "settings.forms.heading",
  "mapping.primary": "settings.primary",
} as const satisfies Readonly<Record<string, TextKey>>;

const MENUS: Readonly<Record<string, Parameters<typeof choicesOf>[1]>> = {
  purchaseTrigger: "purchase-trigger",
  valueBasis: "value-basis",
  contentId: "content-id",
  storefrontMode: "storefront-mode",
  giftCards: "gift-cards",
};

const isLabelled = (field: string): field is keyof typeof LABELS => field in LABELS;

/** A setting's label; a setting without a field keeps the name it is stored under. */
export function settingIn(words: Words, field: string): string {
  return isLabelled(field) ? words.text(LABELS[field]) : field;
}

/** A setting's value as its field shows it, or as it is stored. */
export function choiceIn(words: Words, field: string, value: string | null): string {
  if (value === null) return words.text("frame.none");
  if (value === "true" || value === "false") return words.text(value === "true" ? "frame.on" : "frame.off");
  const menu = MENUS[field];
  const label = menu && choicesOf(words, menu).find((choice) => choice.value === value)?.label;
  return label ?? value;
}
