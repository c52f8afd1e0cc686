import { orderId, shopifyId, type ShopDomain } from "../event-contract/event-id.ts";
import {
  type CurrencyCode,
  currencyCode,
  type Money,
  moneyFromNumber,
  subtract,
  sum,
  zero,
} from "../event-contract/money.ts";
import type { PurchaseFacts, PurchaseLine, SaleFacts } from "../event-contract/purchase.ts";

type Maybe<T> = T | null | undefined;
type PixelMoney = Maybe<{ readonly amount?: Maybe<number>; readonly currencyCode?: Maybe<string> }>;

export type PixelDiscountAllocation = {
  readonly amount?: PixelMoney;
  readonly discountApplication?: Maybe<{ readonly targetSelection?: Maybe<string> }>;
};

export type PixelLine = {
  readonly quantity?: Maybe<number>;
  readonly finalLinePrice?: PixelMoney;
  readonly discountAllocations?: Maybe<readonly PixelDiscountAllocation[]>;
  readonly variant?: Maybe<{
    readonly id?: Maybe<string>;
    readonly sku?: Maybe<string>;
    readonly product?: Maybe<{ readonly id?: Maybe<string>; readonly type?: Maybe<string> }>;
  }>;
};

/** The fields Tandem reads of the web pixel's `checkout`: @shopify/web-pixels-extension 2.18, where any may be missing. */
export type PixelCheckout = {
  readonly token?: Maybe<string>;
  readonly order?: Maybe<{ readonly id?: Maybe<string> }>;
  readonly currencyCode?: Maybe<string>;
  readonly lineItems?: Maybe<readonly PixelLine[]>;
  readonly subtotalPrice?: PixelMoney;
  readonly totalPrice?: PixelMoney;
  readonly totalTax?: PixelMoney;
  readonly shippingLine?: Maybe<{ readonly price?: PixelMoney }>;
  readonly delivery?: Maybe<{
    readonly selectedDeliveryOptions?: Maybe<
      readonly { readonly cost?: PixelMoney; readonly costAfterDiscounts?: PixelMoney }[]
    >;
  }>;
};

/** The first fact that the checkout does not tell, or tells unreadably. */
export type Missing = { readonly missing: "order-id" | "currency" | "lines" | "total" | "tax" };

/** Null for an absent amount and for one in another currency than the checkout's: the two must never be mixed. */
const amount = (money: PixelMoney, currency: CurrencyCode): Money | null =>
  (money?.currencyCode ?? currency) === currency ? moneyFromNumber(money?.amount, currency) : null;

/** What is not told counts as nothing. */
const sumOf = (amounts: readonly PixelMoney[], currency: CurrencyCode): Money =>
  sum(
    amounts.map((each) => amount(each, currency) ?? zero(currency)),
    currency,
  );

/** The currency the buyer pays in, or null. */
export const currencyOf = (checkout: PixelCheckout): CurrencyCode | null =>
  currencyCode(checkout.currencyCode ?? checkout.totalPrice?.currencyCode);

/** The lines at the price after every discount. Null where one of them has no readable price or quantity. */
export function linesFromCheckout(checkout: PixelCheckout, currency: CurrencyCode): readonly PurchaseLine[] | null {
  const lines = checkout.lineItems ?? [];
  const totals = lineTotals(lines, amount(checkout.subtotalPrice, currency), currency);
  const read = lines.map((line, index) => purchaseLine(line, totals?.[index])).filter((line) => line !== null);
  return read.length === lines.length ? read : null;
}

function purchaseLine({ quantity, variant }: PixelLine, total: Money | undefined): PurchaseLine | null {
  const isCounted = typeof quantity === "number" && Number.isSafeInteger(quantity) && quantity >= 0;
  return total && isCounted ? { ...idsOf(variant), quantity, total } : null;
}

// The pixel is not told which lines are gift cards; their product type says so unless the merchant renamed it.
const GIFT_CARD = /^gift.?cards?$/i;

const idsOf = (
  variant: PixelLine["variant"],
): Pick<PurchaseLine, "productId" | "variantId" | "sku" | "isGiftCard"> => ({
  isGiftCard: GIFT_CARD.test(String(variant?.product?.type)),
  productId: shopifyId(variant?.product?.id),
  variantId: shopifyId(variant?.id),
  sku: variant?.sku ?? null,
});

/**
 * What is left to pay for each line. The types say that `finalLinePrice` is the price "after line-level discounts";
 * whether an order-level discount's share is taken off as well is said nowhere (2.18, 2026-11). `subtotalPrice` settles
 * it, since it is the sum of the lines after all discounts: of three readings (nothing left to take off, the order-level
 * shares, every share) the one that adds up to it is true. Without a match the documented one holds.
 */
function lineTotals(
  lines: readonly PixelLine[],
  subtotal: Money | null,
  currency: CurrencyCode,
): readonly Money[] | null {
  const prices = lines.map((line) => amount(line.finalLinePrice, currency)).filter((price) => price !== null);
  if (prices.length < lines.length) return null;
  const reading = (isStillIncluded: (share: PixelDiscountAllocation) => boolean): readonly Money[] =>
    prices.map((price, index) => {
      const shares = (lines[index]?.discountAllocations ?? []).filter(isStillIncluded);
      return subtract(
        price,
        sumOf(
          shares.map((share) => share.amount),
          currency,
        ),
      );
    });
  const documented = reading(isOrderLevel);
  const readings = [prices, documented, reading(() => true)];
  return readings.find((totals) => sum(totals, currency).minor === subtotal?.minor) ?? documented;
}

// A discount on the order is spread over all lines; one on lines names those it is entitled to or chosen for.
const isOrderLevel = (share: PixelDiscountAllocation): boolean => share.discountApplication?.targetSelection === "ALL";

function shippingOf(checkout: PixelCheckout, currency: CurrencyCode): Money {
  const options = checkout.delivery?.selectedDeliveryOptions ?? [];
  const prices =
    options.length > 0 ? options.map((o) => o.costAfterDiscounts ?? o.cost) : [checkout.shippingLine?.price];
  return sumOf(prices, currency);
}

/** A checkout under way, for InitiateCheckout and AddPaymentInfo (`saleData`): no order yet. */
export function saleFromCheckout(checkout: PixelCheckout): SaleFacts | Missing {
  const currency = currencyOf(checkout);
  if (!currency) return { missing: "currency" };
  const lines = linesFromCheckout(checkout, currency);
  if (!lines?.length) return { missing: "lines" };
  const total = amount(checkout.totalPrice, currency);
  if (!total) return { missing: "total" };
  const tax = amount(checkout.totalTax, currency);
  if (!tax) return { missing: "tax" };
  return { currency, lines, total, tax, shipping: shippingOf(checkout, currency) };
}

/** The finished checkout of `checkout_completed`: the browser's view of what the order webhook tells the server. */
export function purchaseFactsFromCheckout(checkout: PixelCheckout, shop: ShopDomain): PurchaseFacts | Missing {
  const order = orderId(checkout.order?.id);
  if (!order) return { missing: "order-id" };
  const sale = saleFromCheckout(checkout);
  return "missing" in sale ? sale : { ...sale, shop, orderId: order };
}
