import { purchaseFactsFromCheckout } from "../browser/checkout.ts";
import { purchaseEventId } from "../event-contract/event-id.ts";
import { fieldsOfText } from "../event-contract/json.ts";
import type { PublishedSettings } from "../event-contract/published-settings.ts";
import { purchaseData } from "../event-contract/purchase.ts";
import { hasPurchaseMark, PURCHASE_MARKS, withPurchaseMark } from "../browser/purchase-marks.ts";
import type { ReportingContext } from "./bundles.ts";
import { jsonOf } from "./page.ts";

const ONE_DAY_S = 86_400;
const PAID = /^(?:authorized|paid|partially_paid)$/;
const VOID = /^(?:voided|expired|refunded)$/;

/**
 * The browser leg of a Purchase on the order page of a legacy customer account, for shoppers whose thank-you page did
 * not reach the web pixel. The app block writes the order in the web pixel's format, so that the same code reads it.
 * Reports only a recent order that counts, and only if this browser has not sent it yet.
 */
export function reportOrder({ settings, report }: ReportingContext): void {
  const order = fieldsOfText(jsonOf("tandem-order"));
  const facts = order && counts(order, settings) ? purchaseFactsFromCheckout(order, settings.shop) : null;
  const marks = marksOfBrowser();
  if (!facts || "missing" in facts || hasPurchaseMark(marks, facts.orderId)) return;
  const data = purchaseData(facts, settings);
  if (!data.value || data.value <= 0) return;
  localStorage.setItem(PURCHASE_MARKS, withPurchaseMark(marks, facts.orderId));
  report("Purchase", data, { id: purchaseEventId(settings.shop, facts.orderId), orderId: facts.orderId, direct: true });
}

const marksOfBrowser = (): string => localStorage.getItem(PURCHASE_MARKS) ?? "";

/** Whether the order is recent and counts under the trigger, according to its page. */
function counts(
  order: Readonly<Record<string, unknown>>,
  { purchaseTrigger }: Pick<PublishedSettings, "purchaseTrigger">,
): boolean {
  const { financialStatus, createdAt_s, cancelled } = order;
  const status = String(financialStatus);
  const age_s = Date.now() / 1000 - Number(createdAt_s);
  return age_s < ONE_DAY_S && !cancelled && (purchaseTrigger === "paid" ? PAID.test(status) : !VOID.test(status));
}
