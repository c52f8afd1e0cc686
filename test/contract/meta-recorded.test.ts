import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardGraph } from "../../app/meta/circuit-breaker.server.ts";
import { createGraphClient, type GraphClient } from "../../app/meta/graph-client.server.ts";
import type { GraphAnswer } from "../../app/meta/graph-answer.ts";
import { verdictOf } from "../../app/meta/verdict.ts";
import { aPurchase, PIXEL, TOKEN } from "./meta-events.ts";
import { RECORDED_ANSWERS, type RecordedAnswer } from "./recorded-answers.ts";

let server: Server;
let client: GraphClient;
let next: RecordedAnswer | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      const body = typeof next?.body === "string" ? next.body : JSON.stringify(next?.body);
      response.writeHead(next?.status ?? 500, { "content-type": "text/javascript", ...next?.headers }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  client = createGraphClient({ graphUrl: `http://127.0.0.1:${port}`, version: "v26.0" });
});

afterAll(async () => {
  await client.close();
  server.close();
});

const request = { metaPixelId: PIXEL, token: TOKEN, testEventCode: null };

describe("a recorded answer", () => {
  test.each(RECORDED_ANSWERS)("$title: $verdict", async (recorded) => {
    next = recorded;
    const events = Array.from({ length: recorded.sent ?? 1 }, () => aPurchase());
    const verdict = verdictOf(await client.send({ ...request, events }), events.length);
    expect(verdict).toMatchObject({ kind: recorded.verdict, ...recorded.expected });
    if (recorded.advice) expect(verdict.kind === "accepted" ? "" : verdict.problem.advice).toMatch(recorded.advice);
    // Graph's texts are in anybody's language, and may quote what was sent.
    expect(JSON.stringify(verdict)).not.toMatch(/…|jane@/);
  });
});

test("events that are already JSON reach Meta as the same request as events that are not", async () => {
  const bodies: string[] = [];
  const echo = createServer((incoming, response) => {
    let body = "";
    incoming.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    incoming.on("end", () => {
      bodies.push(body);
      response.end("{}");
    });
  });
  await new Promise<void>((listening) => echo.listen(0, "127.0.0.1", listening));
  const { port } = echo.address() as AddressInfo;
  const own = createGraphClient({ graphUrl: `http://127.0.0.1:${port}`, version: "v26.0" });
  const events = [aPurchase(), aPurchase({ event_source_url: 'https://example.com/ü?"' })];
  await own.send({ ...request, events, testEventCode: 'T"1' });
  await own.send({ ...request, events: events.map((event) => JSON.stringify(event)), testEventCode: 'T"1' });
  await own.close();
  echo.close();
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
  expect(JSON.parse(bodies[0] ?? "")).toEqual({ data: events, test_event_code: 'T"1', partner_agent: "tandem" });
});

describe("a Graph host that does not answer", () => {
  const down: GraphAnswer = { httpStatus: null, body: null, headers: {}, networkError: "TimeoutError" };
  const refused: GraphAnswer = {
    httpStatus: 500,
    headers: {},
    body: { kind: "error", error: { code: 190, subcode: null, isTransient: false, traceId: null, blamed: [] } },
  };
  const ask = { ...request, events: [] };
  /** A host that gives these answers in turn, and the last one for ever. */
  const hostThat = (...answers: readonly GraphAnswer[]) => {
    let requests = 0;
    const states: string[] = [];
    const send = async (): Promise<GraphAnswer> => answers[Math.min(requests++, answers.length - 1)] ?? down;
    const guarded = (restMs: number) =>
      guardGraph({ send }, { onChange: (state) => states.push(state), failures: 3, restMs });
    return { guarded, states, requests: () => requests };
  };

  test("gets no request after a few consecutive failures of any pixels", async () => {
    const host = hostThat(down);
    const graph = host.guarded(60_000);
    for (let n = 0; n < 3; n++) expect(await graph.send(ask)).toBe(down);
    expect(await graph.send(ask)).toBeNull();
    expect(host.requests()).toBe(3);
    expect(graph.pauseMs()).toBeGreaterThan(0);
    expect(host.states).toEqual(["open"]);
  });

  test("also counts as down if a captive portal answers with a page and status 200", async () => {
    const page: GraphAnswer = { httpStatus: 200, body: null, headers: {} };
    const host = hostThat(page);
    const graph = host.guarded(60_000);
    for (let n = 0; n < 3; n++) expect(await graph.send(ask)).toBe(page);
    expect(await graph.send(ask)).toBeNull();
    expect(host.states).toEqual(["open"]);
  });

  test("is tried again after the pause, and used again once it answers", async () => {
    const host = hostThat(down, down, down, refused);
    const graph = host.guarded(0);
    for (let n = 0; n < 3; n++) await graph.send(ask);
    expect(await graph.send(ask)).toBe(refused);
    expect(host.states).toEqual(["open", "closed"]);
    expect(graph.pauseMs()).toBe(0);
  });

  test("does not count as down because it refuses one pixel's token, whatever the status", async () => {
    const host = hostThat(refused);
    const graph = host.guarded(60_000);
    for (let n = 0; n < 20; n++) expect(await graph.send(ask)).toBe(refused);
    expect(host.states).toEqual([]);
  });
});
