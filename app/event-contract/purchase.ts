import type { OrderId, ShopDomain } from "./event-id.ts";
import { add, type CurrencyCode, type Money, subtract, sum, toNumber, unitPrice, zero } from "./money.ts";

/** What a sale is worth to Meta: the order total, the lines after every discount, or those without tax. */
export type ValueBasis = "total" | "subtotal" | "subtotal_without_tax";
/** How the merchant's catalog names its items. */
export type ContentIdTemplate = "variant_id" | "product_id" | "sku" | "shopify_country_product_variant";

/** The settings that change what an event says. Both legs must use the same ones. */
export type MeasurementRules = {
  readonly valueBasis: ValueBasis;
  readonly contentId: ContentIdTemplate;
  /** Two letters, for `shopify_country_product_variant` only: the country of the catalog's feed. */
  readonly contentCountry: string;
  /** Whether gift cards are sales; absent: they are. */
  readonly giftCards?: "count" | "leave-out";
};

/** One line in presentment money: what the buyer pays for it after every discount allocation, before returns. */
export type PurchaseLine = {
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly total: Money;
  /** Absent where nobody knows. */
  readonly isGiftCard?: boolean;
};

/** A sale as both worlds can see it: the web pixel's `checkout` and the order webhook reduce to this. */
export type SaleFacts = {
  readonly currency: CurrencyCode;
  readonly lines: readonly PurchaseLine[];
  /** What the buyer paid: lines, shipping, tax, tips, duties. */
  readonly total: Money;
  readonly tax: Money;
  /** After its discounts. */
  readonly shipping: Money;
};

/** A sale that became an order. */
export type PurchaseFacts = SaleFacts & { readonly shop: ShopDomain; readonly orderId: OrderId };

export type Content = { readonly id: string; readonly quantity: number; readonly item_price: number };

export const DELIVERY_CATEGORIES = ["in_store", "curbside", "home_delivery"] as const;
export const CUSTOMER_SEGMENTS = ["new_customer_to_business", "existing_customer_to_business"] as const;

/** Meta's `custom_data` of commerce events, identical on both legs. Amounts are decimal numbers in `currency`. */
export type CustomData = {
  readonly value?: number;
  readonly currency?: string;
  readonly content_ids?: readonly string[];
  readonly content_type?: "product" | "product_group";
  readonly content_name?: string;
  readonly content_category?: string;
  readonly contents?: readonly Content[];
  readonly num_items?: number;
  readonly order_id?: string;
  readonly search_string?: string;
  readonly delivery_category?: (typeof DELIVERY_CATEGORIES)[number];
  /**
   * Whether the customer is new. Meta's table has it beside `event_name`, Meta's example here (2026-09): this key is the
   * one place that says where it goes.
   */
  readonly customer_segmentation?: (typeof CUSTOMER_SEGMENTS)[number];
  readonly predicted_ltv?: number;
  /** What is left of the value after the items' costs, in the same currency. The server alone knows it. */
  readonly net_revenue?: number;
};

/** The catalog id of an item, or null where the item lacks what the template needs (a custom line, an empty SKU). */
export function contentId(
  item: Pick<PurchaseLine, "productId" | "variantId" | "sku">,
  rules: MeasurementRules,
): string | null {
  switch (rules.contentId) {
    case "variant_id":
      return item.variantId;
    case "product_id":
      return item.productId;
    case "sku":
      return item.sku?.trim() || null;
    case "shopify_country_product_variant":
      return item.productId && item.variantId
        ? `shopify_${rules.contentCountry}_${item.productId}_${item.variantId}`
        : null;
  }
}

/** Meta's name for what the ids name: `product_group` only when they are ids of whole products. */
export const contentType = (rules: MeasurementRules): "product" | "product_group" =>
  rules.contentId === "product_id" ? "product_group" : "product";

/** contents, content_ids, content_type and num_items of any event that has items. Lines without a catalog id still count. */
export function contentsOf(lines: readonly PurchaseLine[], rules: MeasurementRules): CustomData {
  const bought = lines.filter((line) => line.quantity > 0);
  const contents = bought.flatMap((line): Content[] => {
    const id = contentId(line, rules);
    return id === null ? [] : [{ id, quantity: line.quantity, item_price: unitPrice(line.total, line.quantity) }];
  });
  return {
    ...(contents.length > 0 && {
      content_ids: [...new Set(contents.map((content) => content.id))],
      content_type: contentType(rules),
      contents,
    }),
    num_items: bought.reduce((count, line) => count + line.quantity, 0),
  };
}

const subtotalOf = ({ lines, currency }: SaleFacts): Money =>
  sum(
    lines.map((line) => line.total),
    currency,
  );

/** The amount the merchant chose to report. */
export function valueOf(sale: SaleFacts, basis: ValueBasis): Money {
  if (basis === "total") return sale.total;
  const subtotal = subtotalOf(sale);
  return basis === "subtotal" ? subtotal : subtract(subtotal, taxInside(subtotal, sale));
}

/**
 * The tax that the lines' prices hold. The web pixel is not told whether prices include tax, the webhook is: so that
 * both legs agree, both read it off the amounts. With tax on top the total covers lines, shipping and tax; with tax
 * inside it does not. (Tips or duties of at least the tax make tax inside look like tax on top, on both legs alike.)
 * Where tax is inside, it is inside the shipping price too and only one sum is known, so the lines bear their share:
 * never more than they cost, where gift cards were left out and their tax was not.
 */
function taxInside(subtotal: Money, { currency, shipping, tax, total }: SaleFacts): Money {
  const beforeTax = add(subtotal, shipping);
  const isOnTop = total.minor >= add(beforeTax, tax).minor;
  return isOnTop
    ? zero(currency)
    : { minor: Math.min(subtotal.minor, Math.round((tax.minor * subtotal.minor) / (beforeTax.minor || 1))), currency };
}

/** The sale as far as it counts: without gift cards, where the merchant leaves them out. They come back as payments. */
function counted(sale: SaleFacts, { giftCards }: MeasurementRules): SaleFacts {
  const kept = { ...sale, lines: sale.lines.filter((line) => giftCards !== "leave-out" || !line.isGiftCard) };
  return { ...kept, total: subtract(sale.total, subtract(subtotalOf(sale), subtotalOf(kept))) };
}

/** `custom_data` of a checkout under way: what a Purchase would say now, without an order. */
export function saleData(all: SaleFacts, rules: MeasurementRules): CustomData {
  const sale = counted(all, rules);
  return {
    value: toNumber(valueOf(sale, rules.valueBasis)),
    currency: sale.currency,
    ...contentsOf(sale.lines, rules),
  };
}

/** The Purchase's `custom_data`, the one derivation that server and browser share. */
export const purchaseData = (facts: PurchaseFacts, rules: MeasurementRules): CustomData => ({
  ...saleData(facts, rules),
  order_id: facts.orderId,
});
