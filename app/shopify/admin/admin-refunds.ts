import { z } from "zod";

/** About 780 of the 1,000 points allowed per query; sent only for orders with refunds or removed lines. */
export const READ_REFUNDS = `#graphql
  query TandemReadRefunds($id: ID!) {
    order(id: $id) {
      refunds(first: 10) {
        id createdAt processedAt
        transactions(first: 5) { nodes { kind status amountSet { presentmentMoney { amount currencyCode } } } }
        refundLineItems(first: 30) { nodes { quantity lineItem { id } } }
      }
    }
  }`;

const RefundsAnswer = z.object({
  order: z
    .object({
      refunds: z.array(
        z.object({
          id: z.string(),
          createdAt: z.string().nullable(),
          processedAt: z.string(),
          transactions: z.object({
            nodes: z.array(
              z.object({
                kind: z.string(),
                status: z.string(),
                amountSet: z.object({ presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
              }),
            ),
          }),
          refundLineItems: z.object({
            nodes: z.array(z.object({ quantity: z.number(), lineItem: z.object({ id: z.string() }) })),
          }),
        }),
      ),
    })
    .nullable(),
});

export type AdminRefund = NonNullable<z.infer<typeof RefundsAnswer>["order"]>["refunds"][number];

/** The answer of READ_REFUNDS. Throws if Shopify's answer does not match its documentation. */
export const adminRefunds = (answer: unknown): readonly AdminRefund[] =>
  RefundsAnswer.parse(answer).order?.refunds ?? [];
