import type { PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ConsentPolicy, RegionPolicy } from "./types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";

/** Each shop's own consent policy, as last read from Shopify. */
export type ConsentPolicies = {
  /** Null until it has been read once. Cached for a minute: it changes at most once a day. */
  readonly policyOf: (shop: ShopDomain) => Promise<ConsentPolicy | null>;
  readonly save: (shop: ShopDomain, regions: Readonly<Record<string, RegionPolicy>>) => Promise<void>;
  /** Shopify did not answer; the last policy stays in force. */
  readonly noteProblem: (shop: ShopDomain, problem: string) => Promise<void>;
  /** Installed shops with access to the Admin API whose policy is a day old, the longest-waiting first. */
  readonly due: (limit: number) => Promise<readonly ShopDomain[]>;
};

const FRESH_MS = 60_000;
const MOST_SHOPS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;
// A refusal (a missing scope, an invalid token) is rarely fixed within the hour.
const RETRY_MS = 60 * 60 * 1000;

const Regions = z.record(
  z.string(),
  z.object({ consentRequired: z.boolean().nullable(), saleOptOut: z.boolean().nullable() }),
);

type Kept = { readonly until: number; readonly policy: ConsentPolicy | null };

export function createConsentPolicies(prisma: PrismaClient, now: () => Date): ConsentPolicies {
  const kept = new Map<ShopDomain, Kept>();

  const read = async (shop: ShopDomain): Promise<ConsentPolicy | null> => {
    const row = await prisma.consentPolicy.findUnique({ where: { shop } });
    return row?.readAt ? { readAt: row.readAt.getTime(), regions: Regions.parse(row.regions) } : null;
  };
  const write = async (shop: ShopDomain, entry: { regions?: object; readAt?: Date; problem: string | null }) => {
    const data = { ...entry, triedAt: now() };
    await prisma.consentPolicy.upsert({ where: { shop }, create: { shop, ...data }, update: data });
    kept.delete(shop);
  };

  return {
    policyOf: async (shop) => {
      const at = now().getTime();
      const known = kept.get(shop);
      if (known !== undefined && known.until > at) return known.policy;
      const policy = await read(shop);
      if (kept.size >= MOST_SHOPS) kept.clear();
      kept.set(shop, { until: at + FRESH_MS, policy });
      return policy;
    },
    save: (shop, regions) => write(shop, { regions, readAt: now(), problem: null }),
    noteProblem: (shop, problem) => write(shop, { problem }),
    due: async (limit) => {
      const dayAgo = new Date(now().getTime() - DAY_MS);
      const hourAgo = new Date(now().getTime() - RETRY_MS);
      const rows = await prisma.$queryRaw<{ domain: ShopDomain }[]>`
        -- every shop: the worker looks for those whose policy is due
        select domain from shop left join consent_policy on consent_policy.shop = domain
        where uninstalled_at is null
          and exists (select from session where session.shop = domain)
          and (tried_at is null or tried_at <= ${hourAgo}::timestamptz)
          and (read_at is null or read_at <= ${dayAgo}::timestamptz)
        order by tried_at nulls first, domain limit ${limit}`;
      return rows.map((row) => row.domain);
    },
  };
}
