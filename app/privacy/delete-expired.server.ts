import type { PrismaClient } from "@prisma/client";

import { deleteOldRecords } from "./compliance-records.server.ts";
import { deleteOldDataRequests } from "./data-requests.server.ts";
import { inBatches } from "./through-ages.server.ts";
import { deleteExpiredTombstones } from "./tombstones.server.ts";

// Rehearsals reach back seven days.
const FACTS_DAYS = 8;
const BATCH = 5_000;

const deleteOldFacts = (prisma: PrismaClient, now: Date): Promise<number> =>
  inBatches(
    BATCH,
    () => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      delete from order_facts where ctid = any (array(
        select ctid from order_facts where seen_at < ${now}::timestamptz - make_interval(days => ${FACTS_DAYS}::integer)
        limit ${BATCH} for update skip locked
      ))`,
  );

/** Deletes rows with a fixed expiry, which the operator cannot change. Returns the numbers of rows. */
export const deleteExpired = async (prisma: PrismaClient, now: Date) => ({
  tombstones: await deleteExpiredTombstones(prisma, now),
  dataRequests: await deleteOldDataRequests(prisma, now),
  complianceRecords: await deleteOldRecords(prisma, now),
  orderFacts: await deleteOldFacts(prisma, now),
});
