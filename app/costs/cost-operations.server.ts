import { z } from "zod";

import { shopifyId } from "../event-contract/event-id.ts";
import { currencyCode, type Money, parseMoney } from "../event-contract/money.ts";

// Admin GraphQL 2026-10: the cost per item. The query, and the shape of its answer.

/** A variant costs three points, of the 1,000 that one query may cost. */
export const VARIANTS_PER_REQUEST = 100;

/** Needs the scope read_products, with which Shopify shows inventory items since 2025-01. At most 250 ids. */
export const UNIT_COSTS = `#graphql
  query TandemUnitCosts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on ProductVariant {
        id
        inventoryItem { unitCost { amount currencyCode } }
      }
    }
  }`;

const CostsAnswer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string().optional(),
        inventoryItem: z
          .object({ unitCost: z.object({ amount: z.string(), currencyCode: z.string() }).nullable() })
          .nullish(),
      })
      .nullable(),
  ),
});

/** The answer of UNIT_COSTS by the digits of the variant's id; null where the merchant entered no cost. */
export const unitCosts = (answer: unknown): ReadonlyMap<string, Money | null> =>
  new Map(
    CostsAnswer.parse(answer).nodes.flatMap((variant) => {
      const id = shopifyId(variant?.id);
      return id === null ? [] : [[id, moneyOf(variant?.inventoryItem?.unitCost)] as const];
    }),
  );

/** Null also for an invalid or a negative amount. */
export function moneyOf(
  cost: { readonly amount: string; readonly currencyCode: string } | null | undefined,
): Money | null {
  const currency = currencyCode(cost?.currencyCode);
  const money = cost && currency ? parseMoney(cost.amount, currency) : null;
  return money !== null && money.minor >= 0 ? money : null;
}
