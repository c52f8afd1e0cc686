import { type ShopDomain, shopDomain } from "./event-id.ts";
import { fieldsOfText } from "./json.ts";
import type { MeasurementRules } from "./purchase.ts";

/** `placed`: every order counts at once. `paid`: an order counts when it is authorized or paid. */
export type PurchaseTrigger = "placed" | "paid";
/** Which extension reports storefront events, so that one event never comes from two places. */
export type StorefrontMode = "pixel" | "embed";

/**
 * What the browser legs may know: published to the web pixel's settings and to an app-data metafield, readable by
 * anyone who opens the shop. Never a token.
 */
export type PublishedSettings = MeasurementRules & {
  readonly shop: ShopDomain;
  /** The settings version, so that every event can name the settings that made it. */
  readonly version: number;
  /** The collector, `https://<app>/collect/<ingest key>`. */
  readonly collectUrl: string;
  /** Meta pixel (dataset) ids, in the order the merchant connected them. */
  readonly pixelIds: readonly string[];
  readonly storefrontMode: StorefrontMode;
  readonly purchaseTrigger: PurchaseTrigger;
};

const TEXTS = {
  valueBasis: /^(?:total|subtotal|subtotal_without_tax)$/,
  contentId: /^(?:variant_id|product_id|sku|shopify_country_product_variant)$/,
  contentCountry: /^(?:[A-Z]{2})?$/i,
  collectUrl: /^https?:\/\/[^\s]+$/,
  storefrontMode: /^(?:pixel|embed)$/,
  purchaseTrigger: /^(?:placed|paid)$/,
};

/**
 * Reads the settings' JSON as the web pixel (`settings.config`) and the embed (metafield) get it. Null where anything
 * is missing or unknown: with half-understood settings the two legs would not say the same.
 */
export function parsePublishedSettings(text: unknown): PublishedSettings | null {
  const fields = fieldsOfText(text);
  if (!fields) return null;
  const { version, pixelIds } = fields;
  const isUnderstood =
    shopDomain(fields["shop"]) === fields["shop"] &&
    Number.isSafeInteger(version) &&
    Array.isArray(pixelIds) &&
    pixelIds.every((id) => typeof id === "string" && /^\d+$/.test(id)) &&
    Object.entries(TEXTS).every(([key, form]) => typeof fields[key] === "string" && form.test(fields[key]));
  // Every field of the type was looked at just now.
  return isUnderstood ? (fields as PublishedSettings) : null;
}
