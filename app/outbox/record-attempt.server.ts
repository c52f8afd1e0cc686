import type { PrismaClient } from "@prisma/client";

import type { AttemptRecord } from "./types.ts";
import { ASYNC_COMMIT } from "./async-commit.server.ts";

/**
 * Stores requests to Meta; returns their IDs in order. The commit is asynchronous because the settlement, a synchronous
 * one, follows and flushes both: after a crash in between neither exists, as if the answer had never arrived.
 */
export async function recordAttempts(
  prisma: PrismaClient,
  attempts: readonly AttemptRecord[],
): Promise<readonly bigint[]> {
  const rows = JSON.stringify(attempts.map(rowOf));
  // The sequence follows the `order by`, so ascending IDs match the input.
  const made = await prisma.$queryRaw<{ id: bigint }[]>`
    insert into attempt (shop, destination_id, started_at, duration_ms, events, http_status, verdict, code, subcode,
      message, trace_id, unknown, test_event_code, positions, last_position)
    select shop, destination_id, started_at, duration_ms, events, http_status, verdict, code, subcode,
      message, trace_id, unknown, test_event_code, positions, last_position
    from json_to_recordset(${rows}::json) as entry(n int, shop text, destination_id uuid, started_at timestamptz,
      duration_ms int, events int, http_status int, verdict text, code int, subcode int, message text, trace_id text,
      unknown boolean, test_event_code text, positions bigint[], last_position bigint)
    where ${ASYNC_COMMIT} order by n
    returning id`;
  return made.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
}

const rowOf = (attempt: AttemptRecord, n: number) => ({
  n,
  shop: attempt.shop,
  destination_id: attempt.pixelId,
  started_at: attempt.startedAt,
  duration_ms: attempt.durationMs,
  events: attempt.events,
  http_status: attempt.httpStatus,
  verdict: attempt.verdict,
  code: attempt.code,
  subcode: attempt.subcode,
  message: attempt.message,
  trace_id: attempt.traceId,
  unknown: attempt.unknown ?? false,
  test_event_code: attempt.testEventCode ?? null,
  ...(attempt.positions !== undefined &&
    attempt.positions.length > 0 && { positions: attempt.positions, last_position: Math.max(...attempt.positions) }),
});
