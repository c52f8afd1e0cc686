import { shopifyId } from "../../../app/event-contract/event-id.ts";
import { fieldsOf } from "../../../app/event-contract/json.ts";
import { currencyCode, type Money, moneyFromNumber, toNumber } from "../../../app/event-contract/money.ts";
import {
  contentId,
  contentsOf,
  contentType,
  type CustomData,
  type MeasurementRules,
  type PurchaseLine,
} from "../../../app/event-contract/purchase.ts";

/**
 * A ViewContent's data from a `ProductVariant`; null without a price, because value and currency are never invented.
 */
export const variantData = (variant: unknown, rules: MeasurementRules): CustomData | null =>
  itemData({ variant, quantity: 1, amount: fieldsOf(variant)?.["price"] }, rules);

/** An AddToCart's data from the added `CartLine`. */
export function cartLineData(line: unknown, rules: MeasurementRules): CustomData | null {
  const { merchandise, quantity, cost } = { ...fieldsOf(line) };
  const amount = fieldsOf(cost)?.["totalAmount"];
  return typeof quantity === "number" && quantity > 0
    ? itemData({ variant: merchandise, quantity, amount }, rules)
    : null;
}

/** A Search's data: the query and the matching items. */
export function searchData(result: unknown, rules: MeasurementRules): CustomData | null {
  const { query, productVariants } = { ...fieldsOf(result) };
  // A query may contain an email address, which must not reach Meta.
  const words = name(query);
  return words && !words.includes("@") ? { search_string: words, ...listed(productVariants, rules) } : null;
}

/** A ViewCategory's data: the collection's title and its items. */
export function categoryData(collection: unknown, rules: MeasurementRules): CustomData {
  const { title, productVariants } = { ...fieldsOf(collection) };
  const category = name(title);
  return { ...(category && { content_category: category }), ...listed(productVariants, rules) };
}

// Meta needs few items to see what the page was about.
const MOST_LISTED = 10;
const LONGEST_TEXT = 500;

type Item = { readonly variant: unknown; readonly quantity: number; readonly amount: unknown };

function itemData({ variant, quantity, amount }: Item, rules: MeasurementRules): CustomData | null {
  const total = moneyOf(amount);
  if (!total) return null;
  const product = fieldsOf(fieldsOf(variant)?.["product"]);
  const title = name(product?.["title"]);
  const category = name(product?.["type"]);
  return {
    value: toNumber(total),
    currency: total.currency,
    ...contentsOf([{ ...catalogueIds(variant), quantity, total }], rules),
    ...(title && { content_name: title }),
    ...(category && { content_category: category }),
  };
}

function moneyOf(amount: unknown): Money | null {
  const money = fieldsOf(amount);
  const currency = currencyCode(money?.["currencyCode"]);
  return currency && moneyFromNumber(money?.["amount"], currency);
}

function catalogueIds(variant: unknown): Pick<PurchaseLine, "productId" | "variantId" | "sku"> {
  const { id, sku, product } = { ...fieldsOf(variant) };
  return {
    variantId: shopifyId(id),
    productId: shopifyId(fieldsOf(product)?.["id"]),
    sku: typeof sku === "string" ? sku : null,
  };
}

/** Items without a price, as content IDs only. */
function listed(variants: unknown, rules: MeasurementRules): CustomData {
  const items: readonly unknown[] = Array.isArray(variants) ? variants.slice(0, MOST_LISTED) : [];
  const ids = items.map((variant) => contentId(catalogueIds(variant), rules)).filter((id) => id !== null);
  return ids.length > 0 ? { content_ids: [...new Set(ids)], content_type: contentType(rules) } : {};
}

// Truncates between characters: the collector refuses half an emoji.
const name = (value: unknown): string | undefined =>
  typeof value === "string" ? [...value].slice(0, LONGEST_TEXT).join("") : undefined;
