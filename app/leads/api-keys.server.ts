import { hash, randomBytes } from "node:crypto";

import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";

export const API_SCOPES = ["leads:write"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** A key as it is listed: without the key. */
export type ApiKeyFacts = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly replacedBy: string | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** A new key with its text, which nobody can read again. */
export type MadeKey = { readonly id: string; readonly key: string };

export type KeyOf = { readonly shop: ShopDomain; readonly id: string; readonly scopes: readonly string[] };
export type KeyCheck =
  { readonly kind: "valid"; readonly key: KeyOf } | { readonly kind: "unknown" | "expired" | "revoked" };

export type ApiKeys = {
  readonly make: (
    shop: ShopDomain,
    key: { readonly name: string; readonly scopes: readonly ApiScope[]; readonly by: string },
  ) => Promise<MadeKey>;
  /** A new key with the old one's name and scopes; the old one works until the overlap is over. Null: no such key. */
  readonly rotate: (
    shop: ShopDomain,
    id: string,
    how: { readonly overlapMs: number; readonly by: string },
  ) => Promise<MadeKey | null>;
  /** False: no such key. */
  readonly revoke: (shop: ShopDomain, id: string) => Promise<boolean>;
  readonly list: (shop: ShopDomain) => Promise<readonly ApiKeyFacts[]>;
  readonly check: (key: string) => Promise<KeyCheck>;
};

const KEY_BYTES = 32;
const ID_BYTES = 9;
// Makes a key that was published by mistake easy to find, for a person and for a scanner.
const PREFIX = "tandem_";
const FORM = /^tandem_[\w-]{43}$/;
const USED_EVERY_MS = 60_000;

// The key has 256 random bits, so that nobody can try keys against the digest; a slow hash would only cost time.
const digestOf = (key: string): string => hash("sha256", key, "hex");

type Row = {
  readonly shop: ShopDomain;
  readonly id: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

export function createApiKeys(prisma: PrismaClient, now: () => Date): ApiKeys {
  const make: ApiKeys["make"] = async (shop, { name, scopes, by }) => {
    const key = `${PREFIX}${randomBytes(KEY_BYTES).toString("base64url")}`;
    const id = randomBytes(ID_BYTES).toString("hex");
    await prisma.apiKey.create({
      data: { id, shop, name, digest: digestOf(key), scopes: [...scopes], createdAt: now(), createdBy: by },
    });
    return { id, key };
  };

  return {
    make,
    rotate: async (shop, id, { overlapMs, by }) => {
      const old = await prisma.apiKey.findFirst({ where: { shop, id, revokedAt: null } });
      if (old === null || (old.expiresAt !== null && old.expiresAt <= now())) return null;
      const made = await make(shop, {
        name: old.name,
        scopes: API_SCOPES.filter((scope) => old.scopes.includes(scope)),
        by,
      });
      const overlapEnds = new Date(now().getTime() + overlapMs);
      const expiresAt = old.expiresAt !== null && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
      await prisma.apiKey.updateMany({ where: { shop, id }, data: { expiresAt, replacedBy: made.id } });
      return made;
    },
    revoke: async (shop, id) => {
      const { count } = await prisma.apiKey.updateMany({
        where: { shop, id, revokedAt: null },
        data: { revokedAt: now() },
      });
      return count > 0;
    },
    list: (shop) =>
      prisma.apiKey.findMany({
        where: { shop },
        orderBy: { createdAt: "asc" },
        select: {
          id: true,
          name: true,
          scopes: true,
          createdAt: true,
          expiresAt: true,
          replacedBy: true,
          revokedAt: true,
          lastUsedAt: true,
        },
      }),
    check: checkWith(prisma, now),
  };
}

function checkWith(prisma: PrismaClient, now: () => Date): ApiKeys["check"] {
  /** At most once a minute, so that a busy program does not write with every request. */
  const noteUse = async ({ shop, id, lastUsedAt }: Row): Promise<void> => {
    if (lastUsedAt !== null && now().getTime() - lastUsedAt.getTime() < USED_EVERY_MS) return;
    await prisma.apiKey.updateMany({ where: { shop, id }, data: { lastUsedAt: now() } });
  };

  return async (key) => {
    if (!FORM.test(key)) return { kind: "unknown" };
    const [row] = await prisma.$queryRaw<Row[]>`
        -- every shop: the key of a request names its shop
        select shop, id, scopes, expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"
        from api_key where digest = ${digestOf(key)}`;
    if (row === undefined) return { kind: "unknown" };
    if (row.revokedAt !== null) return { kind: "revoked" };
    if (row.expiresAt !== null && row.expiresAt <= now()) return { kind: "expired" };
    await noteUse(row);
    return { kind: "valid", key: { shop: row.shop, id: row.id, scopes: row.scopes } };
  };
}
