import { z } from "zod";

import type { RegionPolicy } from "../../consent/types.ts";
import { type OrderId, orderId } from "../../event-contract/event-id.ts";

// Admin GraphQL 2026-10: people's privacy choices at Shopify. Each document is followed by the shape of its answer.

/** Needs the scope read_privacy_settings. */
export const CONSENT_POLICY = `#graphql
  query TandemConsentPolicy {
    consentPolicy {
      countryCode
      regionCode
      consentRequired
      dataSaleOptOutRequired
    }
  }`;

/** The orders' customers, and whether they opted out of the sale of their data. At most 250 IDs. */
export const SALE_OPT_OUTS = `#graphql
  query TandemSaleOptOuts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id
        customer { dataSaleOptOut }
      }
    }
  }`;

const PolicyAnswer = z.object({
  consentPolicy: z.array(
    z.object({
      countryCode: z.string().nullable(),
      regionCode: z.string().nullable(),
      consentRequired: z.boolean().nullable(),
      dataSaleOptOutRequired: z.boolean().nullable(),
    }),
  ),
});

/** The answer of CONSENT_POLICY, keyed by `DE` or `US-CA`. Throws if it does not match Shopify's documentation. */
export const consentRegions = (answer: unknown): Readonly<Record<string, RegionPolicy>> =>
  Object.fromEntries(
    PolicyAnswer.parse(answer).consentPolicy.flatMap((policy) =>
      policy.countryCode === null
        ? []
        : [
            [
              regionKey(policy.countryCode, policy.regionCode),
              { consentRequired: policy.consentRequired, saleOptOut: policy.dataSaleOptOutRequired },
            ] as const,
          ],
    ),
  );

/** ISO 3166-2 writes California as US-CA; orders and this API may omit the country. */
const regionKey = (country: string, region: string | null): string =>
  region === null || region === "" ? country : `${country}-${region.slice(region.lastIndexOf("-") + 1)}`;

const OptOutAnswer = z.object({
  nodes: z.array(
    z.object({ id: z.string().optional(), customer: z.object({ dataSaleOptOut: z.boolean() }).nullish() }).nullable(),
  ),
});

/** The answer of SALE_OPT_OUTS. An order without a customer counts as not opted out. */
export const saleOptOuts = (answer: unknown): ReadonlyMap<OrderId, boolean> =>
  new Map(
    OptOutAnswer.parse(answer).nodes.flatMap((order) => {
      const id = orderId(order?.id);
      return id === null ? [] : [[id, order?.customer?.dataSaleOptOut === true] as const];
    }),
  );
