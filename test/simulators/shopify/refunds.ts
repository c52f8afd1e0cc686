import { connection } from "./connection.ts";
import { amountText } from "./money.ts";
import { numericId } from "./order-line-payload.ts";
import type { Amount, Order, Refund } from "./types.ts";

type Args = Readonly<Record<string, unknown>>;
type Given = { readonly lines: readonly unknown[]; readonly bag: (amount: Amount) => unknown };

/** A refund as the Admin GraphQL API shows it, inside its order. */
export const refundNode = ({ id, at, amount, lines: back }: Refund, { lines, bag }: Given) => ({
  id: `gid://shopify/Refund/${id}`,
  createdAt: at.toISOString(),
  processedAt: at.toISOString(),
  totalRefundedSet: bag(amount),
  transactions: (args: Args) =>
    connection(
      amount === 0
        ? []
        : [{ id: `gid://shopify/OrderTransaction/${id}`, kind: "REFUND", status: "SUCCESS", amountSet: bag(amount) }],
      args,
    ),
  refundLineItems: (args: Args) =>
    connection(
      back.map(({ position, quantity }) => ({ id: null, quantity, lineItem: lines[position] })),
      args,
    ),
});

/** A refund as the order webhook has it; what was paid back is in the buyer's currency. */
export const restRefund = ({ lineIds, priced }: Order, { id, at, amount, lines }: Refund) => ({
  id: numericId(id),
  admin_graphql_api_id: `gid://shopify/Refund/${id}`,
  created_at: at.toISOString(),
  processed_at: at.toISOString(),
  refund_line_items: lines.map(({ position, quantity }) => ({
    line_item_id: numericId(lineIds[position] ?? null),
    quantity,
  })),
  transactions:
    amount === 0
      ? []
      : [
          {
            id: numericId(id),
            kind: "refund",
            status: "success",
            amount: amountText(amount, priced.currency),
            currency: priced.currency,
          },
        ],
});
