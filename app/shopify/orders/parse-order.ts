import { checkoutToken, type OrderId, orderId } from "../../event-contract/event-id.ts";
import { type CurrencyCode, currencyCode, type Money, parseMoney } from "../../event-contract/money.ts";
import { linesOf, refundsOf, secondsOf } from "./order-lines.ts";
import { type BuyerCurrency, currentAmounts, paid, shippingTotal } from "./order-money.ts";
import { firstPaidAt_s, paysAfterwards } from "./order-payment.ts";
import { parcelsOf } from "./order-parcels.ts";
import { personOf, regionOf } from "./order-person.ts";
import { type OrderPayload, orderSchema } from "./order-schema.ts";
import { parsedPayload } from "../webhooks/parsed-payload.ts";
import type { FinancialStatus, Order, Parsed } from "../types.ts";

/**
 * An `orders/*` webhook's body, reduced to the fields that Tandem uses. A draft order, a refund or a truncated payload
 * is `not-an-order`; the detail names the field and the expected form.
 */
export function parseOrder(body: string): Parsed<Order> {
  const payload = parsedPayload(body, orderSchema, "not-an-order");
  return payload.ok ? orderFrom(payload.value) : payload;
}

function orderFrom(order: OrderPayload): Parsed<Order> {
  const id = idOf(order);
  if (!id) return notAnOrder("admin_graphql_api_id", "gid://shopify/Order/ and digits");
  const placedAt_s = secondsOf(order.processed_at) ?? secondsOf(order.created_at);
  if (placedAt_s === null) return notAnOrder("processed_at", "a time with its offset");
  const amounts = amountsOf(order);
  if (!amounts.ok) return amounts;

  return {
    ok: true,
    value: {
      id,
      name: nameOf(order),
      checkoutToken: checkoutToken(order.checkout_token),
      source: filled(order.source_name),
      financialStatus: FINANCIAL_STATUSES.find((status) => status === order.financial_status) ?? null,
      test: order.test === true,
      cancelled: filled(order.cancelled_at) !== null,
      isB2b: Boolean(order.company),
      tags: tagsOf(order),
      placedAt_s,
      updatedAt_s: secondsOf(order.updated_at),
      firstPaidAt_s: firstPaidAt_s(order),
      paysAfterwards: paysAfterwards(order),
      isFulfilled: order.fulfillment_status === "fulfilled",
      parcels: parcelsOf(order),
      ...amounts.value,
      shopTotal: shopTotalOf(order),
      person: personOf(order),
      region: regionOf(order),
      ...visitOf(order),
      attributes: attributesOf(order),
    },
  };
}

const OF_ANOTHER_KIND = /^gid:\/\/shopify\/(?!Order\/)\w/;

/** Prefers the GID, which names the kind: a draft order's number looks like an order's. */
const idOf = ({ admin_graphql_api_id: gid, id }: OrderPayload): OrderId | null =>
  orderId(gid) ?? (OF_ANOTHER_KIND.test(gid ?? "") ? null : orderId(id));

// Prefix and suffix are the merchant's: `#1001`, `EN-1001/A`.
const LONGEST_NAME = 100;

const nameOf = ({ name }: OrderPayload): string | null => (name && name.length <= LONGEST_NAME ? name : null);

/** Beside its set, an amount is plain text in the shop's currency. */
function shopTotalOf({ currency, total_price: plain }: OrderPayload): Money | null {
  const code = currencyCode(currency);
  return code && parseMoney(plain, code);
}

const tagsOf = ({ tags }: OrderPayload): readonly string[] =>
  (tags ?? "")
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

const filled = (text: string | null | undefined): string | null => text || null;

const visitOf = (order: OrderPayload): Pick<Order, "browserIp" | "userAgent" | "landingSite" | "referringSite"> => ({
  browserIp: filled(order.browser_ip),
  userAgent: filled(order.client_details?.user_agent),
  landingSite: filled(order.landing_site),
  referringSite: filled(order.referring_site),
});

type Unparsed = Extract<Parsed<never>, { ok: false }>;
type Amounts = Pick<Order, "currency" | "lines" | "refunds" | "total" | "tax" | "shipping" | "current">;

function amountsOf(order: OrderPayload): Parsed<Amounts> {
  const code = currencyCode(order.presentment_currency ?? order.currency);
  if (!code) return notAnOrder("presentment_currency", "three letters");
  const currency: BuyerCurrency = { code, isShopCurrency: currencyCode(order.currency) === code };

  const total = paid({ set: order.total_price_set, plain: order.total_price }, currency);
  if (!total) return notAnOrder("total_price_set", amountIn(code));
  const tax = paid({ set: order.total_tax_set, plain: order.total_tax ?? "0" }, currency);
  if (!tax) return notAnOrder("total_tax_set", amountIn(code));
  const shipping = shippingTotal(order.shipping_lines, currency);
  if (!shipping) return notAnOrder("shipping_lines", amountIn(code));
  const read = linesOf(order.line_items, { currency, refunds: order.refunds });
  if ("unreadable" in read) {
    return notAnOrder(`line_items.${read.unreadable}`, `price and discounts: ${amountIn(code)}`);
  }
  const refunds = refundsOf(order.refunds, read.lines, currency);
  const current = currentAmounts(order, currency);
  return { ok: true, value: { currency: code, lines: read.lines, refunds, total, tax, shipping, current } };
}

const FINANCIAL_STATUSES: readonly FinancialStatus[] = [
  "pending",
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "voided",
];

const amountIn = (code: CurrencyCode): string => `a decimal amount in ${code}, the currency the buyer paid in`;

const notAnOrder = (field: string, expected: string): Unparsed => ({
  ok: false,
  problem: { code: "not-an-order", detail: `${field}: expected ${expected}` },
});

const attributesOf = ({ note_attributes }: OrderPayload): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (note_attributes ?? []).flatMap(({ name, value }) => (typeof value === "string" ? [[name, value] as const] : [])),
  );
