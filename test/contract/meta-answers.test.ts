import { describe, expect, test } from "vitest";
import { type GraphAnswer, parseGraphBody } from "../../app/meta/graph-answer.ts";
import { verdictOf } from "../../app/meta/verdict.ts";

const answered = (httpStatus: number, body: unknown): GraphAnswer => ({
  httpStatus,
  body: parseGraphBody(typeof body === "string" ? body : JSON.stringify(body)),
  headers: {},
});

const oauth = (code: number, rest: object = {}) => ({
  error: { message: "…", type: "OAuthException", code, fbtrace_id: "AxYz", ...rest },
});

// Status and codes as Graph v26.0 answered in 2026-09, as recorded in public by others; texts and trace ids are made up.
describe("answers recorded from the real Graph", () => {
  test("an accepted event", () => {
    const answer = answered(200, { events_received: 1, messages: [], fbtrace_id: "AbCd" });
    expect(verdictOf(answer, 1)).toEqual({ kind: "accepted", traceId: "AbCd" });
  });

  test("an event eight days old, explained in French", () => {
    const body = oauth(100, {
      error_subcode: 2804003,
      is_transient: false,
      error_user_title: "Timestamp trop ancien",
      error_user_msg: "…",
    });
    expect(verdictOf(answered(400, body), 1)).toMatchObject({
      kind: "refused",
      problem: { httpStatus: 400, code: 100, subcode: 2804003, traceId: "AxYz" },
    });
  });

  test("a token that cannot be parsed", () => {
    const verdict = verdictOf(answered(401, oauth(190)), 1);
    expect(verdict).toMatchObject({ kind: "blocked", problem: { code: 190, subcode: null } });
    expect(JSON.stringify(verdict)).toMatch(/Generate access token/);
  });

  test("the same token error under another status", () => {
    expect(verdictOf(answered(500, oauth(190)), 1).kind).toBe("blocked");
  });

  test("an error with data in an unexpected form is still read", () => {
    const body = oauth(100, {
      error_subcode: 2804023,
      error_data: '{"blame_field_specs":[["custom_data","currency"]]}',
    });
    expect(verdictOf(answered(400, body), 1)).toMatchObject({ kind: "refused", problem: { subcode: 2804023 } });
  });

  test("a URL that Graph does not know", () => {
    expect(verdictOf(answered(400, { error: { type: "OAuthException", code: 2500 } }), 1)).toMatchObject({
      kind: "blocked",
      problem: { code: 2500, traceId: null },
    });
  });

  test("an HTML page from a proxy", () => {
    // A captive portal and some proxies answer 200 (or 204) in Meta's place, with a page, nothing or their own JSON.
    for (const status of [200, 204, 302, 400, 403, 407]) {
      for (const body of ["<html><body>Access denied</body></html>", "", '{"login":"required"}', "null"]) {
        const verdict = verdictOf(answered(status, body), 1);
        expect(verdict).toMatchObject({ kind: "try-later", notBeforeMs: null });
        expect(verdict).not.toHaveProperty("maxAttempts");
        expect(verdict).not.toHaveProperty("isolate");
        expect(verdict).toHaveProperty(
          "problem.advice",
          expect.stringMatching(/^A proxy or a firewall between Tandem and Meta/),
        );
      }
    }
    expect(verdictOf(answered(503, "<html></html>"), 1)).toMatchObject({ kind: "try-later", notBeforeMs: null });
  });

  test("an empty object confirms nothing", () => {
    expect(verdictOf(answered(200, {}), 1).kind).toBe("try-later");
  });
});
