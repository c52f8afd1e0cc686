import type { PrismaClient } from "@prisma/client";

import type { AttemptRecord } from "./types.ts";
import { UNSYNCED } from "./unsynced.server.ts";

/**
 * Keeps one request to Meta; gives its id. Its way to the disk is the settlement's, which follows it and waits: if the
 * database crashes in between, neither is there, as if it had crashed before the answer.
 */
export async function recordAttempt(prisma: PrismaClient, attempt: AttemptRecord): Promise<bigint> {
  const { shop, destinationId, startedAt, durationMs, events, httpStatus, verdict, code, subcode } = attempt;
  const { message, traceId, unknown = false } = attempt;
  const [made] = await prisma.$queryRaw<{ id: bigint }[]>`
    insert into attempt (shop, destination_id, started_at, duration_ms, events, http_status, verdict, code, subcode,
      message, trace_id, unknown)
    select ${shop}, ${destinationId}::uuid, ${startedAt}::timestamptz, ${durationMs}::int, ${events}::int,
      ${httpStatus}::int, ${verdict}, ${code}::int, ${subcode}::int, ${message}, ${traceId}, ${unknown}::boolean
    where ${UNSYNCED}
    returning id`;
  if (made === undefined) throw new Error("the attempt was not written");
  return made.id;
}
