import { type CurrencyCode, type Money, negate, parseMoney, sum, times } from "../../event-contract/money.ts";
import type { CurrentAmounts } from "../types.ts";
import type { AllocationPayload, LinePayload, MoneySetPayload, OrderPayload } from "./order-schema.ts";

/** The buyer's currency, and whether the plain (shop currency) amounts are in it too. */
export type BuyerCurrency = { readonly code: CurrencyCode; readonly isShopCurrency: boolean };

/** An amount in both forms: `price_set` and `price`. */
type Faces = { readonly set: MoneySetPayload; readonly plain: string | null | undefined };

/**
 * The amount in the buyer's currency: presentment money, or the shop's if the currencies are equal. Null if the payload
 * has neither, because converting would be guessing.
 */
export function paid({ set, plain }: Faces, { code, isShopCurrency }: BuyerCurrency): Money | null {
  const presentment = set?.presentment_money;
  if (presentment && presentment.currency_code.toUpperCase() === code) return parseMoney(presentment.amount, code);
  return isShopCurrency && typeof plain === "string" ? parseMoney(plain, code) : null;
}

/**
 * The buyer's price for the line: price × quantity − all discount allocations. `total_discount` is 0.00 if an
 * order-level discount was allocated to the line, so it is only used for payloads from before allocations existed.
 */
export function lineTotal(line: LinePayload, currency: BuyerCurrency): Money | null {
  const price = paid({ set: line.price_set, plain: line.price }, currency);
  const discount = line.discount_allocations
    ? allocated(line.discount_allocations, currency)
    : paid({ set: line.total_discount_set, plain: line.total_discount ?? "0" }, currency);
  return price && discount && exact(sum([times(price, line.quantity), negate(discount)], currency.code));
}

/**
 * The buyer's price for shipping. Each of the two discounted forms may omit the discounts of one level
 * (`discounted_price` omits order-level ones, by its documentation), so the lower one includes all of them.
 */
export function shippingTotal(lines: OrderPayload["shipping_lines"], currency: BuyerCurrency): Money | null {
  const costs = (lines ?? [])
    .filter((line) => line.is_removed !== true)
    .map((line) => {
      const price = paid({ set: line.price_set, plain: line.price }, currency);
      const discount = allocated(line.discount_allocations ?? [], currency);
      const discounted = paid({ set: line.discounted_price_set, plain: line.discounted_price }, currency) ?? price;
      if (!price || !discount || !discounted) return null;
      return { ...price, minor: Math.min(price.minor - discount.minor, discounted.minor) };
    });
  return sumOfAll(costs, currency);
}

/** The order's current amounts; null unless the payload contains all of them. */
export function currentAmounts(order: OrderPayload, currency: BuyerCurrency): CurrentAmounts | null {
  const subtotal = paid({ set: order.current_subtotal_price_set, plain: order.current_subtotal_price }, currency);
  const total = paid({ set: order.current_total_price_set, plain: order.current_total_price }, currency);
  const tax = paid({ set: order.current_total_tax_set, plain: order.current_total_tax }, currency);
  const shipping = paid({ set: order.current_shipping_price_set, plain: null }, currency);
  return subtotal && total && tax && shipping ? { subtotal, total, tax, shipping } : null;
}

const allocated = (allocations: readonly AllocationPayload[], currency: BuyerCurrency): Money | null =>
  sumOfAll(
    allocations.map(({ amount, amount_set }) => paid({ set: amount_set, plain: amount }, currency)),
    currency,
  );

function sumOfAll(amounts: readonly (Money | null)[], { code }: BuyerCurrency): Money | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === amounts.length ? exact(sum(known, code)) : null;
}

/**
 * Null for an amount that a number cannot represent exactly: no sale reaches ninety trillion, and a rounded one is
 * wrong.
 */
export const exact = (amount: Money): Money | null => (Number.isSafeInteger(amount.minor) ? amount : null);
