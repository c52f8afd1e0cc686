import type { OrderId, ShopDomain } from "./event-id.ts";
import { add, type CurrencyCode, type Money, subtract, sum, toNumber, unitPrice, zero } from "./money.ts";

/** The value sent to Meta: the order total, the lines after all discounts, or the lines after discounts without tax. */
export type ValueBasis = "total" | "subtotal" | "subtotal_without_tax";
/** The form of item IDs in the merchant's catalog. */
export type ContentIdTemplate = "variant_id" | "product_id" | "sku" | "shopify_country_product_variant";

/** The settings that change an event's data. Both legs must use the same ones. */
export type MeasurementRules = {
  readonly valueBasis: ValueBasis;
  readonly contentId: ContentIdTemplate;
  /** Two letters, for `shopify_country_product_variant` only: the country of the catalog feed. */
  readonly contentCountry: string;
  /** Whether gift cards count as sales; absent: `count`. */
  readonly giftCards?: "count" | "leave-out";
};

/** One line in presentment money: the price that the buyer pays after all discount allocations, before returns. */
export type PurchaseLine = {
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly total: Money;
  /** Absent if unknown. */
  readonly isGiftCard?: boolean;
};

export type ItemIds = Pick<PurchaseLine, "productId" | "variantId" | "sku">;

/** A sale's facts on both sides: the web pixel's `checkout` and the order webhook both map to this. */
export type SaleFacts = {
  readonly currency: CurrencyCode;
  readonly lines: readonly PurchaseLine[];
  /** The amount the buyer pays: lines, shipping, tax, tips, duties. */
  readonly total: Money;
  readonly tax: Money;
  /** After discounts. */
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
   * Whether the customer is new. Meta's parameter table lists it beside `event_name`, but Meta's example has it in
   * `custom_data` (2026-09). Only this key decides where it goes.
   */
  readonly customer_segmentation?: (typeof CUSTOMER_SEGMENTS)[number];
  readonly predicted_ltv?: number;
  /** The value minus the items' costs, in the same currency. Only the server knows it. */
  readonly net_revenue?: number;
  /** Of a CRM's event about a lead of an Instant Form: that it is one, and the CRM's name. */
  readonly event_source?: "crm";
  readonly lead_event_source?: string;
};

/** An item's catalog ID; null if the item lacks what the template needs (a custom line, an empty SKU). */
export function contentId(item: ItemIds, rules: MeasurementRules): string | null {
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

/** The items' catalog IDs and Meta's type of them: `product_group` if they identify whole products. */
export function listedItems(items: readonly ItemIds[], rules: MeasurementRules): CustomData {
  const ids = items.map((item) => contentId(item, rules)).filter((id) => id !== null);
  const content_type = rules.contentId === "product_id" ? "product_group" : "product";
  return ids.length > 0 ? { content_ids: [...new Set(ids)], content_type } : {};
}

/**
 * contents, content_ids, content_type and num_items of any event with items. Lines without a catalog ID count in
 * num_items.
 */
export function contentsOf(lines: readonly PurchaseLine[], rules: MeasurementRules): CustomData {
  const bought = lines.filter((line) => line.quantity > 0);
  const contents = bought.flatMap((line): Content[] => {
    const id = contentId(line, rules);
    return id === null ? [] : [{ id, quantity: line.quantity, item_price: unitPrice(line.total, line.quantity) }];
  });
  const num_items = bought.reduce((count, line) => count + line.quantity, 0);
  return Object.assign(listedItems(bought, rules), contents.length > 0 && { contents }, { num_items });
}

const subtotalOf = ({ lines, currency }: Pick<SaleFacts, "lines" | "currency">): Money =>
  sum(
    lines.map((line) => line.total),
    currency,
  );

/** The amount that the merchant chose to report. */
export function valueOf(sale: SaleFacts, basis: ValueBasis): Money {
  if (basis === "total") return sale.total;
  const subtotal = subtotalOf(sale);
  return basis === "subtotal" ? subtotal : subtract(subtotal, taxInside(subtotal, sale));
}

/**
 * The tax included in the lines' prices. Only the webhook says whether prices include tax, so both legs derive it from
 * the amounts: with tax on top, the total covers lines, shipping and tax; with tax included, it does not. (If tips or
 * duties are at least the tax, included tax looks like tax on top, on both legs alike.) Included tax is also in the
 * shipping price, and only the sum is known, so the lines get a proportional share. It is capped at the lines' price,
 * because the tax of gift cards that are left out remains in the sum.
 */
function taxInside(subtotal: Money, { currency, shipping, tax, total }: SaleFacts): Money {
  const beforeTax = add(subtotal, shipping);
  const isOnTop = total.minor >= add(beforeTax, tax).minor;
  return isOnTop
    ? zero(currency)
    : { minor: Math.min(subtotal.minor, Math.round((tax.minor * subtotal.minor) / (beforeTax.minor || 1))), currency };
}

/**
 * The part of the sale that counts: without gift cards if the merchant leaves them out. They are later used as payment.
 */
function counted(
  { lines: all, currency, total, tax, shipping }: SaleFacts,
  { giftCards }: MeasurementRules,
): SaleFacts {
  const lines = all.filter((line) => giftCards !== "leave-out" || !line.isGiftCard);
  const leftOut = subtract(subtotalOf({ lines: all, currency }), subtotalOf({ lines, currency }));
  return { lines, currency, total: subtract(total, leftOut), tax, shipping };
}

/** `custom_data` of a checkout in progress: a Purchase's data without the order. */
export function saleData(all: SaleFacts, rules: MeasurementRules): CustomData {
  const sale = counted(all, rules);
  return {
    value: toNumber(valueOf(sale, rules.valueBasis)),
    currency: sale.currency,
    ...contentsOf(sale.lines, rules),
  };
}

/** The Purchase's `custom_data`, derived by the same code on the server and in the browser. */
export const purchaseData = (facts: PurchaseFacts, rules: MeasurementRules): CustomData =>
  Object.assign(saleData(facts, rules), { order_id: facts.orderId });
