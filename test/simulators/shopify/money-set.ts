import { amountText, convert } from "./money.ts";
import { marketOf } from "./pricing.ts";
import type { Amount, Order, Shop } from "./types.ts";

export type MoneySet = { readonly shop: Amount; readonly presentment: Amount };

/** An order's presentment amount with its worth in the shop's currency. */
export function moneySet(shop: Shop, order: Order, presentment: Amount): MoneySet {
  const market = marketOf(shop, order.priced.country);
  return { presentment, shop: convert(presentment, order.priced.currency, shop.currency, 1 / market.rate) };
}

/** The REST shape: `{shop_money: {amount, currency_code}, presentment_money: …}`. */
export const restMoneySet = (shop: Shop, order: Order, set: MoneySet) => ({
  shop_money: { amount: amountText(set.shop, shop.currency), currency_code: shop.currency },
  presentment_money: {
    amount: amountText(set.presentment, order.priced.currency),
    currency_code: order.priced.currency,
  },
});

// GraphQL's Decimal has at least one digit after the point: "1200.0" for yen.
const decimal = (text: string): string => (text.includes(".") ? text : `${text}.0`);

/** The GraphQL shape: `{shopMoney: {amount, currencyCode}, presentmentMoney: …}`. */
export const graphqlMoneyBag = (shop: Shop, order: Order, set: MoneySet) => ({
  shopMoney: { amount: decimal(amountText(set.shop, shop.currency)), currencyCode: shop.currency },
  presentmentMoney: {
    amount: decimal(amountText(set.presentment, order.priced.currency)),
    currencyCode: order.priced.currency,
  },
});
