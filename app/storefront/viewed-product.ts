import { currencyCode, parseMoney, toNumber } from "../event-contract/money.ts";
import { contentsOf, type CustomData, type MeasurementRules } from "../event-contract/purchase.ts";

/**
 * A ViewContent's data from the JSON that the app block wrote on a product page. Null where it is not a product with a
 * price: Liquid gives `null` for what the theme's page does not have.
 */
export function viewedProduct(json: string, rules: MeasurementRules): CustomData | null {
  const product = productFields(json);
  const currency = currencyCode(product["currency"]);
  const price = currency && parseMoney(hundredths(product["price"]), currency);
  if (!price) return null;
  const name = text(product["title"]);
  const category = text(product["type"]);
  const line = { productId: text(product["productId"]), variantId: text(product["variantId"]), sku: text(product["sku"]) };
  return {
    value: toNumber(price),
    currency: price.currency,
    ...contentsOf([{ ...line, quantity: 1, total: price }], rules),
    ...(name && { content_name: name }),
    ...(category && { content_category: category }),
  };
}

function productFields(json: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(json);
  // Any object will do: every field is checked where it is read.
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

// Liquid quotes prices in hundredths for every currency: 1,000 yen is 100000 (shopify.dev, Liquid product.price, 2026-11).
const hundredths = (price: unknown): string =>
  Number.isSafeInteger(price) ? `${Math.floor(Number(price) / 100)}.${String(Number(price) % 100).padStart(2, "0")}` : "";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
