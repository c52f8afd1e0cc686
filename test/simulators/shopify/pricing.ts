import { convert, spread } from "./money.ts";
import type { Amount, Cart, Discount, DiscountAllocation, Market, PricedLine, Priced, Shop } from "./types.ts";

/** The market a country buys in; countries without one buy in the shop's own. */
export function marketOf(shop: Shop, country: string): Market {
  const own: Market = { country: shop.country, currency: shop.currency, rate: 1 };
  return shop.markets.find((market) => market.country === country) ?? own;
}

export function findVariant(shop: Shop, variantId: string) {
  for (const product of shop.products) {
    for (const variant of product.variants) if (variant.id === variantId) return { product, variant };
  }
  return null;
}

/** A shop-currency price in the market's currency. */
export const priceIn = (shop: Shop, market: Market, amount: Amount): Amount =>
  convert(amount, shop.currency, market.currency, market.rate);

export const findDiscount = (shop: Shop, code: string | null): Discount | null =>
  (code !== null && shop.discounts.find((discount) => discount.code === code.toUpperCase())) || null;

type PlainLine = Omit<PricedLine, "allocations" | "net" | "tax">;

function plainLines(shop: Shop, cart: Pick<Cart, "lines">, market: Market): PlainLine[] {
  return cart.lines.flatMap((line) => {
    const match = findVariant(shop, line.variantId);
    if (!match || line.quantity <= 0) return [];
    const unitPrice = priceIn(shop, market, match.variant.price);
    const { quantity, properties } = line;
    return [{ ...match, quantity, properties, unitPrice, total: unitPrice * quantity }];
  });
}

const isEntitled = (discount: Discount, line: PlainLine): boolean =>
  discount.target === "order" || (discount.target.productId === line.product.id && line.quantity >= 2);

/** How much of the discount each line bears. Order discounts apply after line discounts, as Shopify combines them. */
function allocate(shop: Shop, market: Market, discount: Discount, lines: PlainLine[], left: Amount[]): Amount[] {
  const weights = lines.map((line, index) => (isEntitled(discount, line) ? (left[index] ?? 0) : 0));
  const base = weights.reduce((a, b) => a + b, 0);
  const wanted =
    discount.kind === "percentage" ? Math.round((base * discount.value) / 100) : priceIn(shop, market, discount.value);
  return spread(Math.min(wanted, base), weights);
}

/** Included tax is the part of the price that is tax; tax on top is added to it. */
const taxOf = (net: Amount, rate: number, included: boolean): Amount =>
  Math.round(included ? (net * rate) / (1 + rate) : net * rate);

export type PricingInput = {
  readonly shop: Shop;
  readonly cart: Pick<Cart, "lines" | "country">;
  readonly discountCode: string | null;
  /** False for carts and for sales without delivery. */
  readonly withShipping: boolean;
};

export function price({ shop, cart, discountCode, withShipping }: PricingInput): Priced {
  const market = marketOf(shop, cart.country);
  const plain = plainLines(shop, cart, market);
  const left = plain.map((line) => line.total);
  const allocations = plain.map((): DiscountAllocation[] => []);
  const chosen = findDiscount(shop, discountCode);
  const automatic = shop.discounts.filter(
    (discount) => discount.code === null && plain.some((line) => isEntitled(discount, line)),
  );
  const discounts = chosen ? [...automatic, chosen] : automatic;
  for (const discount of discounts) {
    allocate(shop, market, discount, plain, left).forEach((amount, index) => {
      left[index] = (left[index] ?? 0) - amount;
      if (amount > 0) allocations[index]?.push({ discount, amount });
    });
  }
  const lines = plain.map((line, index): PricedLine => {
    const net = left[index] ?? 0;
    return { ...line, allocations: allocations[index] ?? [], net, tax: taxOf(net, shop.taxRate, shop.taxesIncluded) };
  });
  return { ...totals(shop, market, lines, withShipping), lines, discounts };
}

function totals(shop: Shop, market: Market, lines: PricedLine[], withShipping: boolean) {
  const add = (read: (line: PricedLine) => Amount): Amount => lines.reduce((all, line) => all + read(line), 0);
  const subtotal = add((line) => line.net);
  const tax = add((line) => line.tax);
  const shipping = withShipping && lines.length > 0 ? priceIn(shop, market, shop.shippingPrice) : 0;
  return {
    currency: market.currency,
    country: market.country,
    discountTotal: add((line) => line.total - line.net),
    subtotal,
    shipping,
    tax,
    taxRate: shop.taxRate,
    taxesIncluded: shop.taxesIncluded,
    total: subtotal + shipping + (shop.taxesIncluded ? 0 : tax),
  };
}
