import { fieldsOfText } from "../event-contract/json.ts";
import { currencyCode, parseMoney, toNumber } from "../event-contract/money.ts";
import { contentsOf, type CustomData, type MeasurementRules } from "../event-contract/purchase.ts";

/**
 * A ViewContent's data from the JSON that the app block wrote on a product page. Null where there is no product with a
 * price: the text is empty on other pages, and Liquid gives `null` for what a page does not have.
 */
export function viewedProduct(json: string, rules: MeasurementRules): CustomData | null {
  const product = fieldsOfText(json);
  if (!product) return null;
  const currency = currencyCode(product["currency"]);
  const price = currency && parseMoney(hundredths(product["price"]), currency);
  if (!price) return null;
  const name = text(product["title"]);
  const category = text(product["type"]);
  const line = {
    productId: text(product["productId"]),
    variantId: text(product["variantId"]),
    sku: text(product["sku"]),
  };
  return {
    value: toNumber(price),
    currency: price.currency,
    ...contentsOf([{ ...line, quantity: 1, total: price }], rules),
    ...(name && { content_name: name }),
    ...(category && { content_category: category }),
  };
}

// Liquid quotes prices in hundredths for every currency: 1,000 yen is 100000 (shopify.dev, Liquid product.price, 2026-11).
const hundredths = (price: unknown): string =>
  Number.isSafeInteger(price)
    ? `${Math.floor(Number(price) / 100)}.${String(Number(price) % 100).padStart(2, "0")}`
    : "";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
