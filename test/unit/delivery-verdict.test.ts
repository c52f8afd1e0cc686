import { describe, expect, test } from "vitest";
import { type GraphAnswer, parseGraphBody } from "../../app/meta/graph-answer.ts";
import { isUnknownAnswer, verdictOf } from "../../app/meta/verdict.ts";
import { type CodeRange, META_VERDICTS, STATUS_VERDICTS, type VerdictRow } from "../../app/meta/verdict-table.ts";

type Failure = { code: number; subcode?: number; isTransient?: boolean };

const sampleOf = (range: CodeRange): number => (typeof range === "number" ? range : range[1]);

function failing(error: Failure, answer: Partial<GraphAnswer> = {}): GraphAnswer {
  const { code, subcode = null, isTransient = false } = error;
  return {
    httpStatus: 400,
    headers: {},
    body: { kind: "error", error: { code, subcode, isTransient, traceId: "A1", blamed: [] } },
    ...answer,
  };
}

const success = (eventsReceived: number): GraphAnswer => ({
  httpStatus: 200,
  headers: {},
  body: { kind: "received", eventsReceived, warnings: 0, traceId: "A2" },
});

describe("every row of the table", () => {
  const rows: readonly VerdictRow[] = META_VERDICTS;
  test.each(rows)("$code/$subcode gives the row's verdict", (row) => {
    const subcode = row.subcode === undefined ? {} : { subcode: sampleOf(row.subcode) };
    const verdict = verdictOf(failing({ code: sampleOf(row.code), ...subcode }), 1);
    // A row that stands below a wider one would never be reached; its advice tells the rows apart.
    expect(verdict).toMatchObject({ kind: row.verdict, problem: { advice: row.advice, traceId: "A1" } });
  });

  test("gives advice in whole sentences", () => {
    for (const { advice } of [...META_VERDICTS, ...STATUS_VERDICTS]) expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

test("the error code decides, whatever the HTTP status", () => {
  for (const httpStatus of [200, 400, 401, 500]) {
    expect(verdictOf(failing({ code: 190 }, { httpStatus }), 1).kind).toBe("blocked");
    expect(verdictOf(failing({ code: 17 }, { httpStatus }), 1).kind).toBe("try-later");
    expect(verdictOf(failing({ code: 100, subcode: 2804003 }, { httpStatus }), 1).kind).toBe("refused");
  }
});

test("a wrong pixel ID holds the events; an invalid event is refused", () => {
  expect(verdictOf(failing({ code: 100, subcode: 33 }), 1).kind).toBe("blocked");
  expect(verdictOf(failing({ code: 100, subcode: 2804099 }), 1).kind).toBe("refused");
  expect(verdictOf(failing({ code: 100 }), 1).kind).toBe("refused");
});

test("an error that Meta marks as transient is never refused", () => {
  expect(verdictOf(failing({ code: 100, isTransient: true }), 1)).toMatchObject({
    kind: "try-later",
    notBeforeMs: null,
  });
  expect(verdictOf(failing({ code: 190, isTransient: true }), 1).kind).toBe("blocked");
});

test("an unknown answer is retried a limited number of times and counted", () => {
  const unknown = failing({ code: 777_777 });
  expect(verdictOf(unknown, 1)).toMatchObject({ kind: "try-later", maxAttempts: 10 });
  expect(isUnknownAnswer(unknown)).toBe(true);
  const pages = [200, 204, 502].map((httpStatus) => ({ httpStatus, body: null, headers: {} }));
  expect([failing({ code: 190 }), success(1), ...pages].some(isUnknownAnswer)).toBe(false);
});

describe("answers without a Graph error", () => {
  test.each([
    ["no answer at all", { httpStatus: null, networkError: "ECONNREFUSED" }],
    ["a proxy's page with status 200", { httpStatus: 200 }],
    ["a server's failure", { httpStatus: 503 }],
    ["too many requests", { httpStatus: 429 }],
  ])("%s: try later", (_, answer) => {
    expect(verdictOf({ body: null, headers: {}, ...answer }, 3).kind).toBe("try-later");
  });

  test("a request that is too large is refused, so that it is bisected", () => {
    expect(verdictOf({ httpStatus: 413, body: null, headers: {} }, 500).kind).toBe("refused");
  });
});

test("a success must confirm every event", () => {
  expect(verdictOf(success(3), 3)).toEqual({ kind: "accepted", traceId: "A2" });
  expect(verdictOf(success(2), 3)).toMatchObject({ kind: "try-later", maxAttempts: 5 });
  expect(verdictOf({ ...success(3), httpStatus: 500 }, 3).kind).toBe("try-later");
});

describe("when Meta requests a wait", () => {
  const usage = (minutes: number): string =>
    JSON.stringify({ "1": [{ type: "ads_management", estimated_time_to_regain_access: minutes }] });
  test.each([
    ["minutes of the business use case", { "x-business-use-case-usage": usage(7) }, 7 * 60_000],
    [
      "seconds of a full ad account",
      { "x-ad-account-usage": '{"acc_id_util_pct":100,"reset_time_duration":90}' },
      90_000,
    ],
    [
      "nothing, while the ad account has room",
      { "x-ad-account-usage": '{"acc_id_util_pct":20,"reset_time_duration":90}' },
      null,
    ],
    ["seconds of retry-after", { "retry-after": "30" }, 30_000],
    ["the longest of several", { "x-business-use-case-usage": usage(1), "retry-after": "120" }, 120_000],
    ["nothing readable", { "x-business-use-case-usage": "soon", "retry-after": "tomorrow" }, null],
  ])("%s", (_, headers, notBeforeMs) => {
    expect(verdictOf(failing({ code: 80_004 }, { headers }), 1)).toMatchObject({ kind: "try-later", notBeforeMs });
  });

  test("limits against abuse wait for an hour even without a header", () => {
    expect(verdictOf(failing({ code: 613 }), 1)).toMatchObject({ notBeforeMs: 3_600_000 });
    expect(verdictOf(failing({ code: 613, subcode: 1487742 }), 1)).toMatchObject({ notBeforeMs: null });
  });
});

test("JSON in neither of Graph's shapes does not count as Graph's answer", () => {
  for (const text of [
    "",
    "null",
    "[]",
    "<html></html>",
    '{"error":"down"}',
    '{"events_received":"1"}',
    '{"ok":true}',
  ]) {
    expect(parseGraphBody(text)).toBeNull();
  }
});
