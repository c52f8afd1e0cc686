import { z } from "zod";

/** The fields of a listed order that show whether the ledger lacks it. */
export type ListedOrder = {
  /** `gid://shopify/Order/…`. */
  readonly gid: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Shopify expects no further payment: paid, refunded, voided. */
  readonly isPaymentOver: boolean;
  readonly isCancelled: boolean;
  readonly isFulfilled: boolean;
  readonly tags: readonly string[];
};

export type OrderList = { readonly orders: readonly ListedOrder[]; readonly nextCursor: string | null };

// Objects cost a point each and scalars none (shopify.dev, rate limits, 2026-11), so a list of bare orders is the
// cheapest way to compare a shop with the ledger. Missing orders are then read one by one.
export const LIST_ORDERS = `#graphql
  query TandemListOrders($search: String!, $after: String) {
    orders(first: 100, after: $after, query: $search, sortKey: UPDATED_AT) {
      nodes { id createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus tags }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** Orders changed at or after this time; LIST_ORDERS returns them oldest change first. */
export const changedSince = (from: Date): string => `updated_at:>='${from.toISOString()}'`;

const PAYMENT_OPEN = new Set(["PENDING", "EXPIRED"]);

/** The answer of LIST_ORDERS. Throws if Shopify's answer does not match its documentation, which is a bug. */
export const orderList = (answer: unknown): OrderList => ListAnswer.parse(answer);

const time = z
  .string()
  .transform((text) => new Date(text))
  .pipe(z.date());
const ListAnswer = z
  .object({
    orders: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          createdAt: time,
          updatedAt: time,
          cancelledAt: z.string().nullable(),
          displayFinancialStatus: z.string().nullable(),
          displayFulfillmentStatus: z.string(),
          tags: z.array(z.string()),
        }),
      ),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  })
  .transform(({ orders: { nodes, pageInfo } }) => ({
    orders: nodes.map(({ id, createdAt, updatedAt, displayFinancialStatus, ...order }) => ({
      gid: id,
      createdAt,
      updatedAt,
      isCancelled: order.cancelledAt !== null,
      isFulfilled: order.displayFulfillmentStatus === "FULFILLED",
      tags: order.tags,
      isPaymentOver: displayFinancialStatus !== null && !PAYMENT_OPEN.has(displayFinancialStatus),
    })),
    nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  }));
