import type { PrismaClient } from "@prisma/client";
import { everyShop } from "../database/tenancy.server.ts";

import { type OrderId, orderId, type ShopDomain } from "../event-contract/event-id.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";

/** One payload in quarantine, without its contents. */
export type Quarantined = {
  readonly id: bigint;
  readonly shop: ShopDomain;
  readonly topic: string;
  readonly problem: string;
  readonly detail: string;
  readonly orderId: string | null;
  readonly receivedAt: Date;
  readonly replayedAt: Date | null;
};

export type QuarantinedPayload = Quarantined & { readonly webhookId: string; readonly body: string };

/** Payloads that the parser could not read, kept sealed: a retry by Shopify would bring the same bytes. */
export type Quarantine = {
  /** Stores the payload and its webhook ID, both or neither. `erased`: neither, because it names an erased person. */
  keep(webhook: VerifiedWebhook, problem: PayloadProblem): Promise<"kept" | "already-kept" | "erased">;
  /** Newest first; replayed payloads are left out unless requested. */
  list(which: { readonly shop: ShopDomain | null; readonly replayed: boolean }): Promise<Quarantined[]>;
  /** The payload, unsealed. It contains personal data. */
  open(id: bigint): Promise<QuarantinedPayload | null>;
  /** A fixed parser has read it. It stays for the record until retention deletes it. */
  markReplayed(id: bigint, at: Date): Promise<void>;
};

type Sealing = {
  readonly seal: (text: string) => string;
  readonly unseal: (sealed: string) => string;
  readonly namesErased?: (shop: ShopDomain, body: string) => Promise<boolean>;
};

// The list never unseals a payload.
const LISTED = {
  id: true,
  shop: true,
  topic: true,
  problem: true,
  detail: true,
  orderId: true,
  receivedAt: true,
  replayedAt: true,
} as const;

// The only cast to ShopDomain here: rows hold only domains that were a ShopDomain when they were written.
const branded = <Row extends { readonly shop: string }>(row: Row) => ({ ...row, shop: row.shop as ShopDomain });

export const createQuarantine = (prisma: PrismaClient, { seal, unseal, namesErased }: Sealing): Quarantine => ({
  keep: async ({ shop, topic, webhookId, body }, { code, detail }) => {
    if (await namesErased?.(shop, body)) return "erased";
    const key = { shop, topic, webhookId };
    const [{ count }] = await prisma.$transaction([
      prisma.quarantine.createMany({
        data: { ...key, problem: code, detail, sealedBody: seal(body), orderId: orderIn(body) },
        skipDuplicates: true,
      }),
      prisma.webhookReceipt.createMany({ data: key, skipDuplicates: true }),
    ]);
    return count === 1 ? "kept" : "already-kept";
  },

  list: async ({ shop, replayed }) =>
    (
      await everyShop(prisma).quarantine.findMany({
        where: { ...(shop !== null && { shop }), ...(!replayed && { replayedAt: null }) },
        select: LISTED,
        orderBy: { id: "desc" },
        take: 1_000,
      })
    ).map(branded),

  open: async (id) => {
    const row = await everyShop(prisma).quarantine.findUnique({ where: { id } });
    if (row === null) return null;
    const { sealedBody, ...facts } = row;
    return { ...branded(facts), body: unseal(sealedBody) };
  },

  markReplayed: async (id, at) => {
    await everyShop(prisma).quarantine.updateMany({ where: { id }, data: { replayedAt: at } });
  },
});

/** The order that an unreadable payload is about, if it names one in Shopify's usual field. */
const orderIn = (body: string): OrderId | null => orderId(/gid:\/\/shopify\/Order\/\d+/.exec(body)?.[0]);
