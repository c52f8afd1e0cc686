import { leftOf } from "./current-amounts.ts";
import { amountText } from "./money.ts";
import { type MoneySet, moneySet, restMoneySet } from "./money-set.ts";
import type { Amount, Order, PricedLine, Shop } from "./types.ts";

/** An id as a JSON number where that is exact, as Shopify writes it. Thirteen digits always are. */
export const numericId = (id: string | null): number | null => (id === null ? null : Number(id));

/** Every order amount appears three ways: the plain text in shop money, and a `_set` with both monies. */
export type Quote = (name: string, amount: Amount) => Record<string, unknown>;

export const quoteFor =
  (shop: Shop, order: Order): Quote =>
  (name, amount) => {
    const set = moneySet(shop, order, amount);
    return { [name]: amountText(set.shop, shop.currency), [`${name}_set`]: restMoneySet(shop, order, set) };
  };

export function taxLine(shop: Shop, order: Order, amount: Amount, quote: Quote) {
  return { title: "VAT", rate: order.priced.taxRate, channel_liable: false, ...quote("price", amount) };
}

export function restLine(shop: Shop, order: Order, line: PricedLine, position: number) {
  const quote = quoteFor(shop, order);
  const id = order.lineIds[position] ?? "";
  const variantTitle = line.variant.title === "Default Title" ? null : line.variant.title;
  const unit: MoneySet = { presentment: line.unitPrice, shop: line.variant.price };
  return {
    id: numericId(id),
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    attributed_staffs: [],
    product_id: numericId(line.product.id),
    variant_id: numericId(line.variant.id),
    sku: line.variant.sku,
    title: line.product.title,
    variant_title: variantTitle,
    name: variantTitle ? `${line.product.title} - ${variantTitle}` : line.product.title,
    vendor: line.product.vendor,
    quantity: line.quantity,
    current_quantity: leftOf(order, position),
    fulfillable_quantity: line.quantity,
    fulfillment_service: "manual",
    fulfillment_status: null,
    grams: 350,
    gift_card: false,
    taxable: true,
    requires_shipping: true,
    product_exists: true,
    properties: Object.entries(line.properties).map(([name, value]) => ({ name, value })),
    price: amountText(unit.shop, shop.currency),
    price_set: restMoneySet(shop, order, unit),
    // Zero although discounts apply: Shopify shows them in the allocations only.
    ...quote("total_discount", 0),
    discount_allocations: line.allocations.map(({ discount, amount }) => ({
      ...quote("amount", amount),
      discount_application_index: order.priced.discounts.indexOf(discount),
    })),
    tax_lines: line.tax > 0 ? [taxLine(shop, order, line.tax, quote)] : [],
    duties: [],
    sales_line_item_group_id: null,
    variant_inventory_management: "shopify",
  };
}

export function discountFields(order: Order, shop: Shop) {
  const { discounts, lines } = order.priced;
  const worth = (title: string): Amount =>
    lines.reduce((all, line) => {
      const own = line.allocations.filter(({ discount }) => discount.title === title);
      return all + own.reduce((sum, { amount }) => sum + amount, 0);
    }, 0);
  return {
    discount_codes: discounts.flatMap(({ code, title, kind }) =>
      code === null
        ? []
        : [{ code, type: kind, amount: amountText(moneySet(shop, order, worth(title)).shop, shop.currency) }],
    ),
    discount_applications: discounts.map((discount) => ({
      type: discount.code === null ? "automatic" : "discount_code",
      target_type: "line_item",
      target_selection: discount.target === "order" ? "all" : "entitled",
      allocation_method: "across",
      value_type: discount.kind,
      value: discount.kind === "percentage" ? discount.value.toFixed(1) : amountText(discount.value, shop.currency),
      ...(discount.code === null ? { title: discount.title } : { code: discount.code }),
    })),
  };
}
