import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkCredentials } from "../../app/meta/check-credentials.server.ts";
import { deliverBatch } from "../../app/meta/deliver-batch.ts";
import { createGraphClient, type GraphClient } from "../../app/meta/graph-client.server.ts";
import type { Verdict } from "../../app/meta/types.ts";
import { verdictOf } from "../../app/meta/verdict.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { reasonIn } from "../../app/wording/reasons.ts";
import { bodyOf } from "../simulators/https-server.ts";
import type { Fault } from "../simulators/meta/faults.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { anEventId, aPurchase, PIXEL, TOKEN } from "./meta-events.ts";

let meta: MetaSimulator;
let client: GraphClient;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  client = createGraphClient({ graphUrl: meta.httpUrl, version: "v27.0", timeoutMs: 2_000 });
});
afterEach(() => meta.reset());
afterAll(async () => {
  await client.close();
  await meta.close();
});

const request = { metaPixelId: PIXEL, token: TOKEN, testEventCode: null };
const purchases = (count: number) =>
  Array.from({ length: count }, (_, index) => aPurchase({ event_id: anEventId(`purchase.example.${index}`) }));

describe("a request", () => {
  test("that Meta accepts has Meta's trace ID, and arrives unchanged", async () => {
    const event = aPurchase();
    const answer = await client.send({ ...request, events: [event], testEventCode: "TEST42" });
    const [received] = meta.received();
    expect(verdictOf(answer, 1)).toEqual({ kind: "accepted", traceId: received?.server?.traceId });
    expect(received?.server).toMatchObject({
      event,
      testEventCode: "TEST42",
      partnerAgent: "tandem",
      graphVersion: "v27.0",
    });
  });

  test("has the token only in a header, and shares its connection with the next", async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    let connections = 0;
    const server = createServer((incoming, response) => {
      void bodyOf(incoming).then((body) => {
        seen.push({ request: incoming, body: body.toString("utf8") });
        response.end('{"events_received":1,"messages":[],"fbtrace_id":"A"}');
      });
    }).on("connection", () => connections++);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo;
    const own = createGraphClient({
      graphUrl: `http://127.0.0.1:${port}/graph/`,
      version: "v27.0",
      userAgent: "Tandem/1.0",
    });
    for (const event of purchases(20)) await own.send({ ...request, events: [event] });
    await own.close();
    server.close();

    expect(seen).toHaveLength(20);
    // A second connection may be opened while the first is being freed; one for each request would be 20.
    expect(connections).toBeLessThan(5);
    for (const { request: incoming, body } of seen) {
      expect(incoming.url).toBe(`/graph/v27.0/${PIXEL}/events`);
      expect(incoming.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, "user-agent": "Tandem/1.0" });
      expect(body).not.toContain(TOKEN);
      expect(Object.keys(JSON.parse(body) as object)).toEqual(["data", "partner_agent"]);
    }
  });
});

describe("when something goes wrong", () => {
  const faults: [string, Fault, object][] = [
    ["Graph is down", { kind: "http500" }, { kind: "try-later", problem: { httpStatus: 500, code: 2 } }],
    ["a proxy answers in HTML", { kind: "html" }, { kind: "try-later", problem: { httpStatus: 502, code: null } }],
    ["the connection breaks", { kind: "connection-reset" }, { kind: "try-later", problem: { httpStatus: null } }],
    ["the answer is lost", { kind: "lost-answer" }, { kind: "try-later", problem: { httpStatus: null } }],
    [
      "Meta throttles",
      { kind: "throttled", regainMinutes: 9 },
      { kind: "try-later", notBeforeMs: 540_000, problem: { code: 80004 } },
    ],
    ["the token expires", { kind: "token-expired" }, { kind: "blocked", problem: { code: 190, subcode: 463 } }],
    ["fewer events are confirmed", { kind: "short-count" }, { kind: "try-later", maxAttempts: 5 }],
    ["the error is a new one", { kind: "error", status: 400, code: 424242 }, { kind: "try-later", maxAttempts: 10 }],
  ];
  test.each(faults)("%s: the answer is a verdict, never an exception", async (_, fault, expected) => {
    meta.faults.next(fault);
    const [event, next] = purchases(2);
    if (!event || !next) throw new Error("two purchases were asked for");
    expect(verdictOf(await client.send({ ...request, events: [event] }), 1)).toMatchObject(expected);
    expect(verdictOf(await client.send({ ...request, events: [next] }), 1).kind).toBe("accepted");
  });

  test("a server that never answers ends at the time limit", async () => {
    const impatient = createGraphClient({ graphUrl: meta.httpUrl, version: "v27.0", timeoutMs: 50 });
    meta.faults.next({ kind: "timeout" });
    const answer = await impatient.send({ ...request, events: [aPurchase()] });
    await impatient.close();
    expect(answer).toMatchObject({ httpStatus: null, body: null, networkError: "TimeoutError" });
    expect(meta.received()).toEqual([]);
  });

  test("a closed port: the failure has a name and contains no secret", async () => {
    const gone = await startMetaSimulator();
    await gone.close();
    const lonely = createGraphClient({ graphUrl: gone.httpUrl, version: "v27.0" });
    const answer = await lonely.send({ ...request, events: [aPurchase()] });
    await lonely.close();
    expect(answer).toEqual({ httpStatus: null, body: null, headers: {}, networkError: "ECONNREFUSED" });
  });

  test("a token that is invalid in a header gives an answer too", async () => {
    const answer = await client.send({ ...request, token: "two\nlines", events: [aPurchase()] });
    expect(answer).toMatchObject({ httpStatus: null, networkError: "UND_ERR_INVALID_ARG" });
  });
});

test("two bad events in a full batch affect no other event", async () => {
  const events = purchases(1_000);
  const bad = new Set([17, 803]);
  const sent = events.map((event, index) => (bad.has(index) ? { ...event, custom_data: {} } : event));
  const verdicts: Verdict[] = [];
  await deliverBatch(sent, {
    send: async (batch) => verdictOf(await client.send({ ...request, events: batch }), batch.length),
    settle: async (batch, verdict) => void verdicts.push(...batch.map(() => verdict)),
    isolates: () => false,
  });
  expect(
    verdicts.flatMap((verdict, index) => (verdict.kind === "accepted" ? [] : [{ index, kind: verdict.kind }])),
  ).toEqual([
    { index: 17, kind: "refused" },
    { index: 803, kind: "refused" },
  ]);
  expect(verdicts[17]).toMatchObject({
    problem: { code: 100, subcode: 2804009, advice: "The purchase has no value. Meta names custom_data.value." },
  });
  const received = meta.received();
  expect(received).toHaveLength(998);
  expect(received.every((event) => event.serverCopies === 1)).toBe(true);
  expect(meta.requests().length).toBeLessThanOrEqual(42);
});

describe("checking a pixel and a token", () => {
  const check = (changes: { metaPixelId?: string; token?: string }) =>
    checkCredentials({ client, metaPixelId: PIXEL, token: TOKEN, now: new Date(), ...changes });

  test("has no side effect at Meta when they are right", async () => {
    expect((await check({})).kind).toBe("valid");
    expect(meta.received()).toEqual([]);
    expect(meta.requests()).toMatchObject([{ status: 400, code: 100, subcode: 2804003 }]);
  });

  test("distinguishes a wrong token from a wrong pixel, and says where to find the right one", async () => {
    const [wrongToken, wrongPixel] = [await check({ token: "EAAother" }), await check({ metaPixelId: "999" })];
    expect([wrongToken.kind, wrongPixel.kind]).toEqual(["token-invalid", "pixel-unknown"]);
    expect(wrongToken.advice).toMatch(/Generate access token/);
    expect(wrongPixel.advice).toMatch(/below the pixel's name/);
  });

  test.each([
    [458, /app that created the access token was removed/, /App, die .* wurde entfernt/, /byla odstraněna/],
    [459, /must log in to Facebook .*Once they have logged in/, /anmelden und eine Prüfung/, /projít ověřením/],
    [460, /password was changed/, /Passwort geändert/, /změnilo heslo/],
    [463, /has expired/, /ist abgelaufen/, /vypršela/],
    [464, /not confirmed their account.*Once they have logged in/, /Konto nicht bestätigt/, /nepotvrdil svůj účet/],
    [467, /was withdrawn/, /wurde widerrufen/, /byl odvolán/],
  ])("says of a token that has ended why, in each language: %i", async (subcode, english, german, czech) => {
    for (const code of [102, 190]) {
      meta.faults.next({ kind: "error", status: 401, code, subcode });
      const ended = await check({});
      // The token needs the merchant; the pixel's number is right.
      expect(ended.kind).toBe("token-invalid");
      expect(ended.advice).toMatch(english);
      for (const [language, sentence] of [["de", german] as const, ["cs", czech] as const]) {
        const shown = reasonIn(wordsFor({ language, locale: language }), ended.advice);
        expect(shown).toMatch(sentence);
        expect(shown).not.toMatch(/access token|logged in|Create/);
      }
    }
  });

  test("does not send a token pasted with extra characters", async () => {
    expect((await check({ token: `"${TOKEN} "` })).kind).toBe("token-invalid");
    expect(meta.requests()).toEqual([]);
  });

  const inconclusive: [string, Fault][] = [
    ["unreachable", { kind: "connection-reset" }],
    ["unreachable", { kind: "html" }],
    ["unclear", { kind: "throttled" }],
    ["unclear", { kind: "http500" }],
  ];
  test.each(inconclusive)("is %s, not wrong, when Meta answers with %o", async (kind, fault) => {
    meta.faults.next(fault);
    expect((await check({})).kind).toBe(kind);
  });
});
