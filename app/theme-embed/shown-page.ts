import { LONGEST_TEXT } from "../browser/limits.ts";
import { fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import { currencyCode, parseMoney, times, toNumber } from "../event-contract/money.ts";
import { contentsOf, listedItems, type CustomData, type MeasurementRules } from "../event-contract/purchase.ts";
import { HASHED_KEYS, type HashedPerson } from "../event-contract/wire.ts";

/** An item from Liquid or the Ajax API; each field may be missing or of any type. `price` is in hundredths. */
export type ShownItem = {
  readonly variantId?: unknown;
  readonly productId?: unknown;
  readonly sku?: unknown;
  readonly price?: unknown;
  readonly title?: unknown;
  readonly type?: unknown;
};

/** The page's contents, from the app block. Empty lists and nulls for contents that the page lacks. */
export type ShownPage = {
  readonly currency: unknown;
  /** The variant selected when the product page opened. */
  readonly selected: string | null;
  readonly category: string | null;
  readonly search: string | null;
  readonly items: readonly ShownItem[];
  readonly person: HashedPerson | null;
  /** Keeps an event's data the same on both legs. */
  readonly rules: MeasurementRules;
};

// Truncates between characters: the collector refuses half an emoji.
const text = (value: unknown): string | null =>
  typeof value === "string" ? [...value].slice(0, LONGEST_TEXT).join("") || null : null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads the block's JSON. Products are `[product id, title, type, variants]` and variants `[variant id, sku, price]`:
 * a product page may list hundreds.
 */
export function parseShownPage(json: string, rules: MeasurementRules): ShownPage {
  const page = fieldsOfText(json) ?? {};
  return {
    rules,
    currency: page["currency"],
    selected: text(page["selected"]),
    category: text(page["category"]),
    search: text(page["search"]),
    items: list(page["products"]).flatMap((product) => {
      const [productId, title, type, variants] = list(product);
      return list(variants).map((variant): ShownItem => {
        const [variantId, sku, price] = list(variant);
        return { productId, title, type, variantId, sku, price };
      });
    }),
    person: personOf(page["person"]),
  };
}

function personOf(value: unknown): HashedPerson | null {
  const known = Object.entries(fieldsOf(value) ?? {}).filter(
    ([key, hash]) => hash && HASHED_KEYS.includes(key as never),
  );
  return known.length > 0 ? Object.fromEntries(known) : null;
}

/** The item's data for ViewContent and AddToCart; null without a price and a currency. */
export function itemData(item: ShownItem | undefined, quantity: number, page: ShownPage): CustomData | null {
  const currency = currencyCode(page.currency);
  const price = currency && item && parseMoney(hundredths(item.price), currency);
  if (!price || !(quantity > 0)) return null;
  const total = times(price, quantity);
  const name = text(item.title);
  const category = text(item.type);
  return {
    value: toNumber(total),
    currency: price.currency,
    ...contentsOf([{ ...idsOf(item), quantity, total }], page.rules),
    ...(name && { content_name: name }),
    ...(category && { content_category: category }),
  };
}

// Liquid and the Ajax API state prices in hundredths for every currency: 1,000 yen is 100000 (shopify.dev, 2026-11).
const hundredths = (price: unknown): string =>
  Number.isSafeInteger(price)
    ? `${Math.floor(Number(price) / 100)}.${String(Number(price) % 100).padStart(2, "0")}`
    : "";

const idsOf = ({ productId, variantId, sku }: ShownItem) => ({
  productId: text(productId),
  variantId: text(variantId),
  sku: text(sku),
});

/** The items of a list without prices, as content IDs only, like the web pixel's. */
export const listedData = ({ items, rules }: ShownPage): CustomData => listedItems(items.map(idsOf), rules);

/** A Search's data; null without a query. Excludes queries with an email address, which must not reach Meta. */
export const searchData = (query: unknown): CustomData | null => {
  const words = text(query);
  return words && !words.includes("@") ? { search_string: words } : null;
};
