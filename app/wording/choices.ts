import type { OrderRule } from "../event-contract/order-settings.ts";
import type { Settings } from "../settings/types.ts";

type Choice<Value extends string> = { readonly value: Value; readonly label: string };
// Keyed by value, so that a value without a label does not compile.
const choices = <Value extends string>(labels: Readonly<Record<Value, string>>): Choice<Value>[] =>
  // Object.keys forgets the key type; the parameter's type is exact here.
  (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));

export const PURCHASE_TRIGGERS = choices<Settings["purchaseTrigger"]>({
  paid: "The order is paid or authorized (recommended)",
  placed: "The order is placed, paid or not",
  fulfilled: "The order is delivered, or fulfilled where no carrier reports",
  tagged: "The order gets a tag that you choose",
});

export const VALUE_BASES = choices<Settings["valueBasis"]>({
  subtotal: "Items after every discount, without shipping (recommended)",
  subtotal_without_tax: "Items after every discount, without shipping and tax",
  total: "Order total, with shipping and tax",
});

export const CONTENT_IDS = choices<Settings["contentId"]>({
  variant_id: "Variant ID, for example 43729076",
  product_id: "Product ID, for example 7234590",
  sku: "SKU",
  shopify_country_product_variant: "shopify_COUNTRY_PRODUCT_VARIANT (Facebook & Instagram channel)",
});

export const STOREFRONT_MODES = choices<Settings["storefrontMode"]>({
  pixel: "Tandem’s web pixel (works right after installation)",
  embed: "The theme app embed, with Meta’s own script",
  lite: "The theme app embed, without Meta’s own script",
});

export const GIFT_CARDS = choices<NonNullable<Settings["giftCards"]>>({
  count: "Count as sales, like everything else",
  "leave-out": "Do not count: leave their price out",
});

export const RULE_ACTIONS = choices<OrderRule["action"]>({ withhold: "Withhold", send: "Send" });
export const RULE_MATCHES = choices<OrderRule["match"]>({ channel: "Sales channel", tag: "Order tag" });
