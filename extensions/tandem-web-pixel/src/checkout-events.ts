import { type Missing, purchaseFactsFromCheckout, saleFromCheckout } from "../../../app/browser/checkout.ts";
import {
  checkoutEventId,
  type CheckoutToken,
  type EventId,
  type OrderId,
  purchaseEventId,
} from "../../../app/event-contract/event-id.ts";
import { fieldAt } from "../../../app/event-contract/json.ts";
import type { PublishedSettings } from "../../../app/event-contract/published-settings.ts";
import { type CustomData, purchaseData, saleData } from "../../../app/event-contract/purchase.ts";
import type { BrowserLeg, SkippedBecause } from "../../../app/event-contract/wire.ts";

type CheckoutIds = { readonly checkoutToken: CheckoutToken | null; readonly orderId: OrderId | null };
type CheckoutFields = Readonly<Record<string, unknown>>;
type Observation = { readonly id: EventId | null; readonly data: CustomData; readonly leg: BrowserLeg };

const skipped = (because: SkippedBecause): BrowserLeg => ({ sent: false, because });

const legWithout = (missing: Missing["missing"]): BrowserLeg =>
  skipped(missing === "order-id" || missing === "currency" ? `no-${missing}` : "unreadable-checkout");

/** InitiateCheckout and AddPaymentInfo; null without a token to derive the ID from, or without readable amounts. */
export const checkoutStep =
  (name: "InitiateCheckout" | "AddPaymentInfo") =>
  (fields: CheckoutFields, { checkoutToken }: CheckoutIds, settings: PublishedSettings): Observation | null => {
    const sale = saleFromCheckout(fields);
    return checkoutToken === null || "missing" in sale
      ? null
      : {
          id: checkoutEventId(name, settings.shop, checkoutToken),
          data: saleData(sale, settings),
          leg: { sent: true },
        };
  };

/**
 * The finished checkout. It always sends a receipt, so that the order's server leg gets the browser's data. The browser
 * leg is skipped, with a reason, if Meta could not deduplicate the two legs.
 */
export function purchase(fields: CheckoutFields, ids: CheckoutIds, settings: PublishedSettings): Observation | null {
  const id = ids.orderId && purchaseEventId(settings.shop, ids.orderId);
  const facts = purchaseFactsFromCheckout(fields, settings.shop);
  if ("missing" in facts) return { id, data: {}, leg: legWithout(facts.missing) };
  const data = { ...purchaseData(facts, settings), ...(settings.customerSegmentation && segmentOf(fields["order"])) };
  // The server withholds such an order's event for the same reason, so both legs agree.
  if (!data.value || data.value <= 0) return { id, data, leg: skipped("zero-value") };
  const waits = settings.purchaseTrigger === "paid" && isPaidLater(fields["transactions"]);
  return { id, data, leg: waits ? skipped("manual-payment") : { sent: true } };
}

/** Whether the customer is new. Only the checkout may say so. */
function segmentOf(order: unknown): CustomData {
  const isFirst = fieldAt(order, "customer", "isFirstOrder");
  return typeof isFirst === "boolean"
    ? { customer_segmentation: `${isFirst ? "new" : "existing"}_customer_to_business` }
    : {};
}

// @shopify/web-pixels-extension 2.18, TransactionPaymentMethod.type: methods that are paid after the order.
const PAID_LATER = /^(?:manualPayment|paymentOnDelivery|deferred)$/;
// Shops without Checkout Extensibility only give the gateway; these are Shopify's own names of manual methods.
const MANUAL_GATEWAY = /^(?:manual|bank deposit|money order|cash on delivery)/i;

/** Whether no part of the order is paid yet. One paid part, such as a gift card, makes it partially paid. */
function isPaidLater(transactions: unknown): boolean {
  return (
    Array.isArray(transactions) &&
    transactions.length > 0 &&
    transactions.every((transaction) => {
      const type = fieldAt(transaction, "paymentMethod", "type");
      return typeof type === "string"
        ? PAID_LATER.test(type)
        : MANUAL_GATEWAY.test(String(fieldAt(transaction, "gateway")));
    })
  );
}
