import type { PrismaClient } from "@prisma/client";

import { dataRequestPurpose } from "../database/sealed-columns.ts";
import type { Sealer } from "../database/sealing.server.ts";
import { everyShop } from "../database/tenancy.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { addCounts, recordAnswer } from "./compliance-records.server.ts";
import { identifiersOfCustomer } from "./identifiers.ts";
import type { Tombstones } from "./tombstones.server.ts";
import type { Counts, Customer, DataRequest, HashPerson } from "./types.ts";

/** A request that is not assembled yet. */
export type OpenDataRequest = {
  readonly shop: ShopDomain;
  readonly requestId: string;
  readonly requestedAt: Date;
  readonly sealedCustomer: string;
};

export type DataRequests = {
  /** Stores the request for the worker. `repeated`: Shopify has sent it before, even if its file is deleted by now. */
  readonly open: (
    shop: ShopDomain,
    customer: Customer & { readonly requestId: string | null },
  ) => Promise<{ readonly requestId: string; readonly outcome: "opened" | "repeated" | "unknown-shop" }>;
  /** The next requests to assemble, of any shop; those that failed last come last. */
  readonly takeOpen: (limit: number) => Promise<readonly OpenDataRequest[]>;
  /** Whose data is asked for. Throws SealProblem if no listed key opens it. */
  readonly customerOf: (request: OpenDataRequest) => Customer;
  /** Replaces the customer's name by the file. False if the request was erased meanwhile. */
  readonly keepFile: (
    request: Pick<OpenDataRequest, "shop" | "requestId">,
    file: string,
    counts: Counts,
  ) => Promise<boolean>;
  /** Newest first. */
  readonly list: (shop: ShopDomain) => Promise<readonly DataRequest[]>;
  /** How many files nobody has downloaded yet. */
  readonly toDownload: (shop: ShopDomain) => Promise<number>;
  /** The file; records the download. Null if this shop has no such file. */
  readonly download: (shop: ShopDomain, requestId: string) => Promise<string | null>;
};

export type DataRequestDeps = {
  readonly sealer: Sealer;
  readonly tombstones: Tombstones;
  readonly hashPerson: HashPerson;
  readonly now: () => Date;
};

// A merchant has a month to answer the customer (GDPR, article 12 (3)).
export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

export const createDataRequests = (prisma: PrismaClient, deps: DataRequestDeps): DataRequests => ({
  ...openRequests(prisma, deps),
  ...files(prisma, deps),
});

const sealerOf = ({ sealer }: DataRequestDeps, shop: string, requestId: string): Sealer =>
  sealer.bound(...dataRequestPurpose(shop, requestId));

type RecordedKind = "data-requested" | "data-downloaded";

const digestOf = ({ tombstones }: DataRequestDeps, shop: ShopDomain, what: `${RecordedKind} ${string}`): string =>
  tombstones.digestOfRequest(shop, what, []);

const record = (
  prisma: PrismaClient,
  { tombstones, now }: DataRequestDeps,
  { shop, kind, subjectDigest }: { readonly shop: ShopDomain; readonly kind: RecordedKind; subjectDigest: string },
) => recordAnswer(prisma, { kind, subjectDigest, shopDigest: tombstones.digestOfShop(shop), counts: {} }, now());

/** From the webhook until the worker takes the request. */
function openRequests(
  prisma: PrismaClient,
  deps: DataRequestDeps,
): Pick<DataRequests, "open" | "takeOpen" | "customerOf"> {
  const { tombstones, hashPerson, now } = deps;
  return {
    open: async (shop, { requestId: number, ...customer }) => {
      const { customerId, email, phone, orderIds } = customer;
      const named = identifiersOfCustomer(customer, hashPerson);
      const requestId = number ?? withoutNumber(tombstones.digestOfRequest(shop, "data", named), now());
      const subjectDigest = digestOf(deps, shop, `data-requested ${requestId}`);
      const digests = named.map((identifier) => tombstones.digestOf(shop, identifier));
      const sealed = sealerOf(deps, shop, requestId).seal(JSON.stringify({ customerId, email, phone, orderIds }));
      if ((await prisma.shop.count({ where: { domain: shop } })) === 0) return { requestId, outcome: "unknown-shop" };
      const [opened] = await prisma.$transaction([
        // The record outlives the file: a request that Shopify repeats later makes no second one.
        prisma.$executeRaw`
          insert into data_request (shop, request_id, order_ids, subject_digests, sealed_content, requested_at)
          select domain, ${requestId}, ${[...orderIds]}::text[], ${digests}::text[], ${sealed}, ${now()}::timestamptz
          from shop where domain = ${shop}
            and not exists (select from compliance_record where subject_digest = ${subjectDigest})
          on conflict do nothing`,
        record(prisma, deps, { shop, kind: "data-requested", subjectDigest }),
      ]);
      return { requestId, outcome: opened === 1 ? "opened" : "repeated" };
    },

    takeOpen: (limit) => takeOpen(prisma, limit, now()),

    // Sealed above, from a Customer.
    customerOf: ({ shop, requestId, sealedCustomer }) =>
      JSON.parse(sealerOf(deps, shop, requestId).unseal(sealedCustomer)) as Customer,
  };
}

/** From the assembled file until its deletion. */
function files(
  prisma: PrismaClient,
  deps: DataRequestDeps,
): Pick<DataRequests, "keepFile" | "list" | "toDownload" | "download"> {
  const { now } = deps;
  return {
    keepFile: async ({ shop, requestId }, file, counts) => {
      const sealedContent = sealerOf(deps, shop, requestId).seal(file);
      const [{ count }] = await prisma.$transaction([
        prisma.dataRequest.updateMany({
          where: { shop, requestId, assembledAt: null },
          data: { sealedContent, assembledAt: now() },
        }),
        addCounts(prisma, digestOf(deps, shop, `data-requested ${requestId}`), counts),
      ]);
      return count === 1;
    },

    list: async (shop) => {
      const rows = await prisma.$queryRaw<Omit<DataRequest, "deletedAt">[]>`
        select request_id as "requestId", requested_at as "requestedAt", assembled_at as "assembledAt",
          downloaded_at as "downloadedAt", array(
            select coalesce(
              (select max(order_name) from event where event.order_id = named.id and event.shop = data_request.shop),
              named.id)
            from unnest(order_ids) with ordinality as named(id, place) order by place
          ) as orders
        from data_request where shop = ${shop} order by requested_at desc`;
      return rows.map((row) => ({ ...row, deletedAt: row.assembledAt && deletionOf(row.assembledAt) }));
    },

    toDownload: (shop) => prisma.dataRequest.count({ where: { shop, assembledAt: { not: null }, downloadedAt: null } }),

    download: async (shop, requestId) => {
      const where = { shop, requestId, assembledAt: { not: null } };
      const row = await prisma.dataRequest.findFirst({ where, select: { sealedContent: true } });
      if (row === null) return null;
      const file = sealerOf(deps, shop, requestId).unseal(row.sealedContent);
      const subjectDigest = digestOf(deps, shop, `data-downloaded ${requestId}`);
      await prisma.$transaction([
        prisma.dataRequest.updateMany({ where, data: { downloadedAt: now() } }),
        record(prisma, deps, { shop, kind: "data-downloaded", subjectDigest }),
      ]);
      return file;
    },
  };
}

/** Shopify numbers its requests. One without a number is the same as another of that day about the same customer. */
const withoutNumber = (digest: string, now: Date): string =>
  `${now.toISOString().slice(0, "2026-11-29".length)}-${digest.slice(0, 12)}`;

const deletionOf = (assembledAt: Date): Date => new Date(assembledAt.getTime() + KEPT_DAYS * DAY_MS);

/** Taking a request is recorded, so that one that fails does not block the others. */
const takeOpen = (prisma: PrismaClient, limit: number, now: Date): Promise<OpenDataRequest[]> =>
  prisma.$queryRaw<OpenDataRequest[]>`
    -- every shop: the worker looks for requests that are not assembled
    update data_request set tried_at = ${now}::timestamptz
    where id = any (array(
      select id from data_request where assembled_at is null
      order by tried_at nulls first, id limit ${limit} for update skip locked
    ))
    returning shop, request_id as "requestId", requested_at as "requestedAt", 
      sealed_content as "sealedCustomer"`;

/** Deletes files that the merchant has had 30 days to download. A request that cannot be assembled stays. */
export async function deleteOldDataRequests(prisma: PrismaClient, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const { count } = await everyShop(prisma).dataRequest.deleteMany({ where: { assembledAt: { lte: before } } });
  return count;
}
