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

/**
 * The fields Tandem reads from the web pixel's `checkout`: @shopify/web-pixels-extension 2.18, where any may be
 * missing.
 */
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

/** The first fact that is missing from the checkout or unreadable. */
export type Missing = { readonly missing: "order-id" | "currency" | "lines" | "total" | "tax" };

/** Null for a missing amount, or one in another currency than the checkout's: currencies must never mix. */
const amount = (money: PixelMoney, currency: CurrencyCode): Money | null =>
  (money?.currencyCode ?? currency) === currency ? moneyFromNumber(money?.amount, currency) : null;

/** A missing amount counts as zero. */
const sumOf = (amounts: readonly PixelMoney[], currency: CurrencyCode): Money =>
  sum(
    amounts.map((quoted) => amount(quoted, currency) ?? zero(currency)),
    currency,
  );

/** The buyer's currency, or null. */
export const currencyOf = (checkout: PixelCheckout): CurrencyCode | null =>
  currencyCode(checkout.currencyCode ?? checkout.totalPrice?.currencyCode);

/** The lines at their price after all discounts. Null if any line lacks a readable price or quantity. */
export function linesFromCheckout(checkout: PixelCheckout, currency: CurrencyCode): readonly PurchaseLine[] | null {
  const lines = checkout.lineItems ?? [];
  const totals = lineTotals(lines, amount(checkout.subtotalPrice, currency), currency);
  const read = lines.map((line, index) => purchaseLine(line, totals?.[index])).filter((line) => line !== null);
  return read.length === lines.length ? read : null;
}

function purchaseLine({ quantity, variant }: PixelLine, total: Money | undefined): PurchaseLine | null {
  const isCounted = typeof quantity === "number" && Number.isSafeInteger(quantity) && quantity >= 0;
  return total && isCounted ? { quantity, total, ...idsOf(variant) } : null;
}

// The pixel does not mark gift cards; their product type does, unless the merchant renamed it.
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
 * The price that remains for each line. The types define `finalLinePrice` as the price "after line-level discounts"; it
 * is undocumented whether order-level discounts are subtracted too (2.18, 2026-11). `subtotalPrice` is the sum of the
 * lines after all discounts, so the reading that adds up to it is right: subtract nothing, order-level shares, or all
 * shares. If none adds up, the documented reading is used.
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

// An order-level discount applies to all lines; a line-level one to entitled or chosen lines.
const isOrderLevel = (share: PixelDiscountAllocation): boolean => share.discountApplication?.targetSelection === "ALL";

function shippingOf(checkout: PixelCheckout, currency: CurrencyCode): Money {
  const options = checkout.delivery?.selectedDeliveryOptions ?? [];
  const prices =
    options.length > 0 ? options.map((o) => o.costAfterDiscounts ?? o.cost) : [checkout.shippingLine?.price];
  return sumOf(prices, currency);
}

/** A checkout in progress, for InitiateCheckout and AddPaymentInfo (`saleData`). It has no order yet. */
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

/**
 * The finished checkout of `checkout_completed`: the browser's view of the order that the webhook sends to the server.
 */
export function purchaseFactsFromCheckout(checkout: PixelCheckout, shop: ShopDomain): PurchaseFacts | Missing {
  const order = orderId(checkout.order?.id);
  if (!order) return { missing: "order-id" };
  const sale = saleFromCheckout(checkout);
  return "missing" in sale ? sale : { shop, orderId: order, ...sale };
}
