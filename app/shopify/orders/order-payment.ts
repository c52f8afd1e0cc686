import { secondsOf } from "./order-lines.ts";
import type { OrderPayload } from "./order-schema.ts";

const MONEY_IN = /^(?:sale|capture|authorization|emv_authorization)$/;

/** The first successful payment or authorization, Unix seconds; null if the payload has none. */
export function firstPaidAt_s({ transactions }: OrderPayload): number | null {
  const times = (transactions ?? []).flatMap(({ kind, status, processed_at }) => {
    const at_s = MONEY_IN.test(kind ?? "") && status === "success" ? secondsOf(processed_at) : null;
    return at_s === null ? [] : [at_s];
  });
  return times.length > 0 ? Math.min(...times) : null;
}

// Shopify's own names of manual payment methods in `payment_gateway_names` (help.shopify.com, "Manual payments",
// 2026-11). A merchant's own method may have any name.
const MANUAL_GATEWAY = /^(?:manual|bank deposit|money order|cash on delivery)/i;

/** Whether the checkout took no payment, according to the payload. */
export function paysAfterwards({ payment_gateway_names, payment_terms }: OrderPayload): boolean {
  const gateways = payment_gateway_names ?? [];
  const isManual = gateways.length > 0 && gateways.every((gateway) => MANUAL_GATEWAY.test(gateway));
  return isManual || (payment_terms !== undefined && payment_terms !== null);
}
