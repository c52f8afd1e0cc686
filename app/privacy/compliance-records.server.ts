import type { Prisma, PrismaClient } from "@prisma/client";

import type { Counts } from "./types.ts";

export type ComplianceKind = "customer-redacted" | "data-requested" | "data-downloaded" | "shop-erased";

/** An answered request. The digests are those of the tombstones: the row can only be found with the identifier. */
export type Answered = {
  readonly kind: ComplianceKind;
  readonly subjectDigest: string;
  readonly shopDigest: string;
  readonly counts: Counts;
};

/** Records that a request was answered. A repeated request updates its row. */
export const recordAnswer = (
  prisma: PrismaClient,
  { kind, subjectDigest, shopDigest, counts }: Answered,
  now: Date,
): Prisma.PrismaPromise<number> => prisma.$executeRaw`
  insert into compliance_record as old (subject_digest, kind, shop_digest, first_at, last_at, counts)
  values (${subjectDigest}, ${kind}, ${shopDigest}, ${now}::timestamptz, ${now}::timestamptz, ${JSON.stringify(counts)}::jsonb)
  on conflict (subject_digest) do update set last_at = excluded.last_at, times = old.times + 1,
    counts = (
      select coalesce(jsonb_object_agg(name, coalesce((old.counts->>name)::int, 0) + coalesce((excluded.counts->>name)::int, 0)), '{}')
      from (select jsonb_object_keys(old.counts) union select jsonb_object_keys(excluded.counts)) names(name)
    )`;

/** Adds the numbers of rows that the answer turned out to hold. */
export const addCounts = (prisma: PrismaClient, subjectDigest: string, counts: Counts): Prisma.PrismaPromise<number> =>
  prisma.$executeRaw`
    update compliance_record set counts = ${JSON.stringify(counts)}::jsonb where subject_digest = ${subjectDigest}`;

// Longer than a customer or an authority would wait before asking whether an erasure took place.
const KEPT_DAYS = 3 * 365;

export async function deleteOldRecords(prisma: PrismaClient, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const { count } = await prisma.complianceRecord.deleteMany({ where: { lastAt: { lt: before } } });
  return count;
}
