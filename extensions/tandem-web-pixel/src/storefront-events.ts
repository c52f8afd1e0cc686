import { LONGEST_TEXT, MOST_LISTED } from "../../../app/browser/limits.ts";
import { shopifyId } from "../../../app/event-contract/event-id.ts";
import { fieldAt } from "../../../app/event-contract/json.ts";
import { currencyCode, type Money, moneyFromNumber, toNumber } from "../../../app/event-contract/money.ts";
import {
  contentsOf,
  type CustomData,
  type MeasurementRules,
  type ItemIds,
  listedItems,
} from "../../../app/event-contract/purchase.ts";

/**
 * A ViewContent's data from a `ProductVariant`; null without a price, because value and currency are never invented.
 */
export const variantData = (variant: unknown, rules: MeasurementRules): CustomData | null =>
  itemData({ variant, quantity: 1, amount: fieldAt(variant, "price") }, rules);

/** An AddToCart's data from the added `CartLine`. */
export function cartLineData(line: unknown, rules: MeasurementRules): CustomData | null {
  const quantity = fieldAt(line, "quantity");
  const amount = fieldAt(line, "cost", "totalAmount");
  return typeof quantity === "number" && quantity > 0
    ? itemData({ variant: fieldAt(line, "merchandise"), quantity, amount }, rules)
    : null;
}

/** A Search's data: the query and the matching items. */
export function searchData(result: unknown, rules: MeasurementRules): CustomData | null {
  // A query may contain an email address, which must not reach Meta.
  const words = name(fieldAt(result, "query"));
  return words && !words.includes("@") ? { search_string: words, ...listed(result, rules) } : null;
}

/** A ViewCategory's data: the collection's title and its items. */
export function categoryData(collection: unknown, rules: MeasurementRules): CustomData {
  const category = name(fieldAt(collection, "title"));
  return { ...(category && { content_category: category }), ...listed(collection, rules) };
}

type Item = { readonly variant: unknown; readonly quantity: number; readonly amount: unknown };

function itemData({ variant, quantity, amount }: Item, rules: MeasurementRules): CustomData | null {
  const total = moneyOf(amount);
  if (!total) return null;
  const title = name(fieldAt(variant, "product", "title"));
  const category = name(fieldAt(variant, "product", "type"));
  return {
    value: toNumber(total),
    currency: total.currency,
    ...contentsOf([{ quantity, total, ...catalogueIds(variant) }], rules),
    ...(title && { content_name: title }),
    ...(category && { content_category: category }),
  };
}

function moneyOf(amount: unknown): Money | null {
  const currency = currencyCode(fieldAt(amount, "currencyCode"));
  return currency && moneyFromNumber(fieldAt(amount, "amount"), currency);
}

function catalogueIds(variant: unknown): ItemIds {
  const sku = fieldAt(variant, "sku");
  return {
    variantId: shopifyId(fieldAt(variant, "id")),
    productId: shopifyId(fieldAt(variant, "product", "id")),
    sku: typeof sku === "string" ? sku : null,
  };
}

/** Items without a price, as content IDs only. */
function listed(list: unknown, rules: MeasurementRules): CustomData {
  const variants = fieldAt(list, "productVariants");
  return listedItems(Array.isArray(variants) ? variants.slice(0, MOST_LISTED).map(catalogueIds) : [], rules);
}

// Truncates between characters: the collector refuses half an emoji.
const name = (value: unknown): string | undefined =>
  typeof value === "string" ? [...value].slice(0, LONGEST_TEXT).join("") : undefined;
