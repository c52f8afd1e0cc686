import type { PrismaClient } from "@prisma/client";

import { deleteOldRecords } from "./compliance-records.server.ts";
import { deleteOldDataRequests } from "./data-requests.server.ts";
import { deleteExpiredTombstones } from "./tombstones.server.ts";

/** Deletes rows with a fixed expiry, which the operator cannot change. Returns the numbers of rows. */
export const deleteExpired = async (prisma: PrismaClient, now: Date) => ({
  tombstones: await deleteExpiredTombstones(prisma, now),
  dataRequests: await deleteOldDataRequests(prisma, now),
  complianceRecords: await deleteOldRecords(prisma, now),
});
