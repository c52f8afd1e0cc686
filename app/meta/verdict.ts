import type { GraphAnswer, GraphError } from "./graph-answer.ts";
import { regainMs } from "./regain-time.ts";
import type { MetaProblem, Verdict } from "./types.ts";
import {
  type CodeRange,
  META_VERDICTS,
  NO_ANSWER,
  SHORT_COUNT,
  STATUS_VERDICTS,
  type StatusRow,
  TRANSIENT,
  UNKNOWN,
  type VerdictRow,
} from "./verdict-table.ts";

type Row = Pick<VerdictRow, "verdict" | "advice" | "waitMinutes" | "maxAttempts" | "isolate">;

const MS_PER_MINUTE = 60_000;

/**
 * What Meta's answer means for the events of one request. Graph's own error code decides before the HTTP status, which
 * is unreliable: code 190 was recorded with 401 and with 500. `notBeforeMs` counts from the answer.
 */
export function verdictOf(answer: GraphAnswer, sentCount: number): Verdict {
  if (answer.body?.kind === "received" && isSuccess(answer.httpStatus)) {
    return answer.body.eventsReceived >= sentCount
      ? { kind: "accepted", traceId: answer.body.traceId }
      : fromRow(SHORT_COUNT, answer);
  }
  return fromRow(
    answer.body?.kind === "error" ? rowOfError(answer.body.error) : rowOfStatus(answer.httpStatus),
    answer,
  );
}

/** Whether no row of the table names this answer, so that it is counted and a row can be added. */
export const isUnknownAnswer = (answer: GraphAnswer): boolean =>
  answer.body?.kind === "error"
    ? rowOfError(answer.body.error) === UNKNOWN
    : answer.body === null && rowOfStatus(answer.httpStatus) === UNKNOWN;

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

function rowOfError(error: GraphError): Row {
  const rows: readonly VerdictRow[] = META_VERDICTS;
  const row = rows.find(
    (rule) => matches(rule.code, error.code) && (rule.subcode === undefined || matches(rule.subcode, error.subcode)),
  );
  if (error.isTransient && (row === undefined || row.verdict === "refused")) return TRANSIENT;
  return row ?? UNKNOWN;
}

function rowOfStatus(status: number | null): Row {
  if (status === null) return NO_ANSWER;
  const rows: readonly StatusRow[] = STATUS_VERDICTS;
  return rows.find((rule) => matches(rule.status, status)) ?? UNKNOWN;
}

const matches = (range: CodeRange, code: number | null): boolean =>
  code !== null && (typeof range === "number" ? code === range : code >= range[0] && code <= range[1]);

function fromRow(row: Row, answer: GraphAnswer): Verdict {
  const problem = problemOf(answer, row.advice);
  if (row.verdict !== "try-later") return { kind: row.verdict, problem };
  const waitMs = Math.max(regainMs(answer.headers), (row.waitMinutes ?? 0) * MS_PER_MINUTE);
  return {
    kind: "try-later",
    problem,
    notBeforeMs: waitMs > 0 ? waitMs : null,
    ...(row.maxAttempts !== undefined && { maxAttempts: row.maxAttempts }),
    ...(row.isolate !== undefined && { isolate: row.isolate }),
  };
}

function problemOf({ httpStatus, body }: GraphAnswer, advice: string): MetaProblem {
  if (body?.kind !== "error") return { httpStatus, code: null, subcode: null, traceId: body?.traceId ?? null, advice };
  const { code, subcode, traceId, blamed } = body.error;
  const named = blamed.length === 0 ? "" : ` Meta names ${blamed.join(", ")}.`;
  return { httpStatus, code, subcode, traceId, advice: `${advice}${named}` };
}
