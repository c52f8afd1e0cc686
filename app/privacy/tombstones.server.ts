import { createHmac, createSecretKey, randomBytes } from "node:crypto";

import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { TOMBSTONE_KEY_PURPOSE } from "../database/sealed-columns.ts";
import type { Sealer } from "../database/sealing.server.ts";
import type { Identifier } from "./types.ts";

/**
 * Identifiers of erased data, which must not return. Stores only digests: without the key, nobody can test names
 * against them.
 */
export type Tombstones = {
  /** HMAC-SHA256 with this database's own key. Includes the shop, so that two shops' digests of one person differ. */
  readonly digestOf: (shop: ShopDomain, identifier: Identifier) => string;
  readonly digestOfShop: (shop: ShopDomain) => string;
  /** The digest of a request about these identifiers; the same when Shopify repeats the request. */
  readonly digestOfRequest: (shop: ShopDomain, request: string, identifiers: readonly Identifier[]) => string;
  /** After the commit, nothing with these identifiers is accepted. Safe to repeat: the later expiry counts. */
  readonly raise: (shop: ShopDomain, identifiers: readonly Identifier[]) => Promise<void>;
  /** Whether one of them was erased. */
  readonly cover: (shop: ShopDomain, identifiers: readonly Identifier[]) => Promise<boolean>;
};

type Deps = { readonly sealer: Sealer; readonly now: () => Date };

const DAY_MS = 86_400_000;

/**
 * How long erased identifiers are refused, in days.
 *
 * `order`, `checkout`: as long as the ledger keeps an order (13 months), because Shopify sends a webhook whenever an
 * old order is edited, and a queue between Shopify and the app may be replayed. `lead`: the same, because a CRM may
 * report a lead of an Instant Form at any time. `em`, `ph`, `external_id`: as long as
 * anything from before the erasure can be delayed. An order waits at most 60 days for its payment, Meta accepts an
 * in-store sale for 62 days, and a payload stays in quarantine for 90. After that, the same customer counts as new:
 * another purchase is a new contract with the shop. `fbp`, `fbc`: a browser posts stored data for at most 7 days. Its
 * next visit, with its own consent, counts as new.
 */
const DAYS: Readonly<Record<Identifier["kind"], number>> = {
  order: 400,
  checkout: 400,
  lead: 400,
  em: 90,
  ph: 90,
  external_id: 90,
  fbp: 8,
  fbc: 8,
};

/** Reads or creates the database's key for the digests. Throws SealProblem if the app's keys do not open it. */
export async function openTombstones(prisma: PrismaClient, { sealer, now }: Deps): Promise<Tombstones> {
  const key = createSecretKey(Buffer.from(await keyOf(prisma, sealer.bound(...TOMBSTONE_KEY_PURPOSE)), "base64url"));
  // JSON separates the parts, so that different identifiers never give the same text.
  const digest = (...parts: readonly string[]): string =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
  const digestOf = (shop: ShopDomain, { kind, value }: Identifier): string => digest(shop, kind, value);

  return {
    digestOf,
    digestOfShop: (shop) => digest(shop),
    digestOfRequest: (shop, request, identifiers) =>
      digest(shop, request, ...identifiers.map(({ kind, value }) => `${kind} ${value}`).sort()),
    raise: async (shop, identifiers) => {
      const erasedAt = now();
      const rows = identifiers.map((identifier) => ({
        digest: digestOf(shop, identifier),
        expires_at: new Date(erasedAt.getTime() + DAYS[identifier.kind] * DAY_MS),
      }));
      await prisma.$executeRaw`
        insert into tombstone (digest, erased_at, expires_at)
        select distinct on (digest) digest, ${erasedAt}::timestamptz, expires_at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry(digest text, expires_at timestamptz)
        order by digest
        on conflict (digest) do update set erased_at = excluded.erased_at,
          expires_at = greatest(tombstone.expires_at, excluded.expires_at)`;
    },
    cover: async (shop, identifiers) => {
      const digests = identifiers.map((identifier) => digestOf(shop, identifier));
      const standing = { digest: { in: digests }, expiresAt: { gt: now() } };
      return digests.length > 0 && (await prisma.tombstone.count({ where: standing })) > 0;
    },
  };
}

const KEY_BYTES = 32;

/** The first process creates the key; a concurrent process uses that one. */
async function keyOf(prisma: PrismaClient, sealer: Sealer): Promise<string> {
  const existing = await prisma.tombstoneKey.findUnique({ where: { id: 1 } });
  if (existing !== null) return sealer.unseal(existing.sealedKey);
  const sealedKey = sealer.seal(randomBytes(KEY_BYTES).toString("base64url"));
  await prisma.tombstoneKey.createMany({ data: { id: 1, sealedKey }, skipDuplicates: true });
  const made = await prisma.tombstoneKey.findUniqueOrThrow({ where: { id: 1 } });
  return sealer.unseal(made.sealedKey);
}

/** Deletes expired tombstones. */
export async function deleteExpiredTombstones(prisma: PrismaClient, now: Date): Promise<number> {
  const { count } = await prisma.tombstone.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}
