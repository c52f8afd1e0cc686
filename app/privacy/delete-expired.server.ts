import type { PrismaClient } from "@prisma/client";

import { deleteOldRecords } from "./compliance-records.server.ts";
import { deleteExpiredTombstones } from "./tombstones.server.ts";

/** What ends on a day of its own rather than at an age of the operator's choice. Number of rows. */
export const deleteExpired = async (prisma: PrismaClient, now: Date) => ({
  tombstones: await deleteExpiredTombstones(prisma, now),
  complianceRecords: await deleteOldRecords(prisma, now),
});
