import { randomBytes } from "node:crypto";
import type { PrismaClient } from "@prisma/client";
import { hookSecretPurpose } from "../../database/sealed-columns.ts";
import type { Sealer } from "../../database/sealing.server.ts";
import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { HookMapping } from "./mapping-schema.ts";
import type { CrmHook, HookPreset } from "./types.ts";

/** An address as it is listed. */
export type HookFacts = CrmHook & {
  readonly createdAt: Date;
  readonly formerUntil: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** An address that takes requests, with the secrets of today. */
export type OpenHook = { readonly hook: CrmHook; readonly secrets: readonly string[] };

type NewHook = Pick<CrmHook, "name" | "preset" | "mapping" | "account"> & {
  readonly secret: string | null;
  readonly by: string;
};

export type HookStore = {
  readonly make: (shop: ShopDomain, hook: NewHook) => Promise<CrmHook>;
  /** False: no such address. */
  readonly setMapping: (shop: ShopDomain, id: string, mapping: HookMapping) => Promise<boolean>;
  /** Both secrets work until the overlap is over. False: no such address. */
  readonly rotate: (shop: ShopDomain, id: string, how: { secret: string; overlapMs: number }) => Promise<boolean>;
  readonly revoke: (shop: ShopDomain, id: string) => Promise<boolean>;
  readonly list: (shop: ShopDomain) => Promise<readonly HookFacts[]>;
  /** Null: there is no such address, or it was revoked. */
  readonly open: (id: string) => Promise<OpenHook | null>;
  readonly noteUse: (hook: CrmHook) => Promise<void>;
};

const ID_BYTES = 24;
const FORM = /^[\w-]{32}$/;
const USED_EVERY_MS = 60_000;

type Row = {
  readonly id: string;
  readonly shop: ShopDomain;
  readonly name: string;
  readonly preset: HookPreset;
  readonly mapping: HookMapping;
  readonly account: string | null;
  readonly secret: string | null;
  readonly former: string | null;
  readonly formerUntil: Date | null;
};

type SealedFor = (shop: string, id: string, which: "current" | "former") => Sealer;

/** A secret for a CRM that lets its user choose one. */
export const newHookSecret = (): string => randomBytes(32).toString("base64url");

/** Begins with no dash: a command line takes `--hook -abc` for two options. */
export const newHookId = (): string => randomBytes(ID_BYTES).toString("base64url").replace(/^-/, "_");

export function createHookStore(
  prisma: PrismaClient,
  { sealer, now }: { readonly sealer: Sealer; readonly now: () => Date },
): HookStore {
  const sealedFor: SealedFor = (shop, id, which) => sealer.bound(...hookSecretPurpose(shop, id, which));

  return {
    make: async (shop, { name, preset, mapping, account, secret, by }) => {
      const id = newHookId();
      const sealedSecret = secret === null ? null : sealedFor(shop, id, "current").seal(secret);
      await prisma.crmHook.create({
        data: { id, shop, name, preset, mapping, account, sealedSecret, createdAt: now(), createdBy: by },
      });
      return { id, shop, name, preset, mapping, account };
    },
    setMapping: async (shop, id, mapping) => {
      const { count } = await prisma.crmHook.updateMany({ where: { shop, id, revokedAt: null }, data: { mapping } });
      return count > 0;
    },
    rotate: rotateWith(prisma, { sealedFor, now }),
    revoke: async (shop, id) => {
      const { count } = await prisma.crmHook.updateMany({
        where: { shop, id, revokedAt: null },
        data: { revokedAt: now(), sealedSecret: null, sealedFormerSecret: null },
      });
      return count > 0;
    },
    list: async (shop) => {
      const rows = await prisma.crmHook.findMany({
        where: { shop },
        orderBy: { createdAt: "asc" },
        omit: { sealedSecret: true, sealedFormerSecret: true, createdBy: true },
      });
      // `make` and `setMapping` wrote the columns from these types.
      return rows as unknown as readonly HookFacts[];
    },
    open: openWith(prisma, { sealedFor, now }),
    /** At most once a minute, so that a busy CRM does not write with every request. */
    noteUse: async ({ shop, id }) => {
      const before = new Date(now().getTime() - USED_EVERY_MS);
      await prisma.crmHook.updateMany({
        where: { shop, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
        data: { lastUsedAt: now() },
      });
    },
  };
}

function openWith(
  prisma: PrismaClient,
  { sealedFor, now }: { readonly sealedFor: SealedFor; readonly now: () => Date },
): HookStore["open"] {
  return async (id) => {
    if (!FORM.test(id)) return null;
    const [row] = await prisma.$queryRaw<Row[]>`
        -- every shop: the address of a request names its shop
        select id, shop, name, preset, mapping, account, sealed_secret as secret, sealed_former_secret as former,
          former_until as "formerUntil"
        from crm_hook where id = ${id} and revoked_at is null`;
    if (row === undefined) return null;
    const { secret, former, formerUntil, ...hook } = row;
    const isOverlap = formerUntil !== null && formerUntil > now();
    const secrets = [
      ...(secret === null ? [] : [sealedFor(hook.shop, id, "current").unseal(secret)]),
      ...(former === null || !isOverlap ? [] : [sealedFor(hook.shop, id, "former").unseal(former)]),
    ];
    return { hook, secrets };
  };
}

function rotateWith(
  prisma: PrismaClient,
  { sealedFor, now }: { readonly sealedFor: SealedFor; readonly now: () => Date },
): HookStore["rotate"] {
  return async (shop, id, { secret, overlapMs }) => {
    const row = await prisma.crmHook.findFirst({ where: { shop, id, revokedAt: null } });
    if (row === null) return false;
    const former = row.sealedSecret === null ? null : sealedFor(shop, id, "current").unseal(row.sealedSecret);
    await prisma.crmHook.updateMany({
      where: { shop, id },
      data: {
        sealedSecret: sealedFor(shop, id, "current").seal(secret),
        sealedFormerSecret: former === null ? null : sealedFor(shop, id, "former").seal(former),
        formerUntil: new Date(now().getTime() + overlapMs),
      },
    });
    return true;
  };
}
