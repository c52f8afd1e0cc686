import { expect, test } from "vitest";
import { currencyCode } from "../../app/event-contract/money.ts";
import { linesOf, refundsOf } from "../../app/shopify/orders/order-lines.ts";
import type { LinePayload, RefundPayload } from "../../app/shopify/orders/order-schema.ts";

const code = currencyCode("EUR");
if (code === null) throw new Error("EUR is a currency");
const currency = { code, isShopCurrency: true };

const aLine = (id: number): LinePayload => ({ id, quantity: 2, price: "10.00", discount_allocations: [] });

/** How often the parser reads which line a refund is about, for an order with as many refunds as lines. */
function readsWith(size: number): number {
  let reads = 0;
  const lines = Array.from({ length: size }, (_, index) => aLine(index + 1));
  const refunds = lines.map(({ id }): RefundPayload => {
    const refunded = {
      quantity: 1,
      get line_item_id() {
        reads += 1;
        return id;
      },
    };
    return {
      id,
      processed_at: "2026-11-20T10:00:00Z",
      refund_line_items: [refunded],
      transactions: [{ kind: "refund", status: "success", amount: "10.00", currency: "EUR" }],
    };
  });
  const read = linesOf(lines, { currency, refunds });
  if ("unreadable" in read) throw new Error("the lines are readable");
  expect(read.lines.every(({ takenOff }) => takenOff.length === 1)).toBe(true);
  const booked = refundsOf(refunds, read.lines, currency);
  expect(booked.every((refund) => refund.lines.length === 1)).toBe(true);
  return reads;
}

test("an order's refunds are read in a time that grows with the order, not with its square", () => {
  const [few, many] = [readsWith(50), readsWith(500)];
  expect(many).toBe(few * 10);
  expect(many).toBeLessThanOrEqual(500 * 2);
});
