import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKeys } from "../../app/leads/api-keys.server.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

let app: TestApp;
let shop: string;
let key: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop(PIXEL);
  key = (await aKey()).key;
});
afterAll(() => app.close());

const keys = () => createApiKeys(app.opened.database.prisma, app.opened.now);
const aKey = (of = shop) => keys().make(app.domain(of), { name: "CRM", scopes: ["leads:write"], by: "test" });

/** A contact form of this moment. */
async function aLead(id: string, of = shop): Promise<void> {
  const at = Date.now() - 1_000;
  const { status } = await app.collect(of, aForm({ id: anId(id), at, sentAt: at, url: `https://${of}/pages/contact` }));
  expect(status).toBe(204);
}

type Headers = Readonly<Record<string, string>>;
const bearer = (text: string): Headers => ({ authorization: `Bearer ${text}` });

async function post(body: unknown, headers: Headers = bearer(key)): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${app.url}/api/leads/stages`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  });
}

type Results = { results: { outcome: string; detail: string; leadId: string | null; eventId: string | null }[] };
const resultsOf = async (response: Response): Promise<Results["results"]> =>
  ((await response.json()) as Results).results;
const item = (eventId: string, stage = "qualified") => ({
  lead: { eventId },
  stage,
  at: new Date().toISOString(),
});

describe("POST /api/leads/stages", () => {
  test("answers each item, sends a stage once, and a repetition gets the same answer", async () => {
    await aLead("api-1");
    const body = { stages: [item("api-1"), item("nobody"), { stage: 1 }, item("api-1")] };
    const headers = { ...bearer(key), "idempotency-key": "day-1" };

    const first = await post(body, headers);
    const answers = await resultsOf(first);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["accepted", "unknown-lead", "invalid", "duplicate"]);
    expect(answers[2]?.detail).toContain("/lead");
    expect(answers[0]).toMatchObject({ leadId: "api-1", eventId: "stage.qualified.api-1" });
    expect(first.headers.get("ratelimit-policy")).toBe('"requests";q=60;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"requests";r=\d+;t=\d+$/);

    expect(await resultsOf(await post(body, headers))).toEqual(answers);
    const other = await post({ stages: [item("api-1", "won")] }, headers);
    expect([other.status, await other.json()]).toEqual([
      422,
      expect.objectContaining({ type: "urn:tandem:problem:key-reused" }),
    ]);
    expect((await app.eventsOf(shop)).filter(({ eventName }) => eventName === "LeadStage")).toHaveLength(1);
  });

  test("knows the leads of the key's shop alone", async () => {
    const other = await app.connectedShop({ ...PIXEL, metaPixelId: "1234567890123457" });
    await aLead("theirs", other);
    const [answer] = await resultsOf(await post({ stages: [item("theirs")] }));
    expect(answer?.outcome).toBe("unknown-lead");
  });

  test("takes an address in clear, and stores its hash alone", async () => {
    const email = "Ada@Example.com";
    const [answer] = await resultsOf(await post({ stages: [{ ...item("x"), lead: { email } }] }));
    expect(answer?.outcome).toBe("unknown-lead");
    const rows = await app.opened.database.prisma.stageReport.findMany({ where: { shop, namedBy: "email" } });
    expect(rows.map(({ named }) => named)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  test("refuses what it cannot read or must not do, as a problem that names the cause", async () => {
    const { key: expired, id } = await aKey();
    await keys().rotate(app.domain(shop), id, { overlapMs: -1, by: "test" });
    const { key: revoked, id: gone } = await aKey();
    await keys().revoke(app.domain(shop), gone);
    const { key: scopeless } = await keys().make(app.domain(shop), { name: "x", scopes: [], by: "test" });
    const good = { stages: [item("api-1")] };
    const CASES: readonly (readonly [number, string, unknown, Headers])[] = [
      [401, "no-key", good, {}],
      [401, "unknown-key", good, bearer("tandem_nobody")],
      [401, "expired-key", good, bearer(expired)],
      [401, "revoked-key", good, bearer(revoked)],
      [403, "missing-scope", good, bearer(scopeless)],
      [400, "not-json", "{", bearer(key)],
      [422, "malformed", [], bearer(key)],
      [422, "malformed", { stages: [] }, bearer(key)],
      [422, "malformed", { stages: Array.from({ length: 501 }, () => item("x")) }, bearer(key)],
      [422, "malformed", { ...good, extra: 1 }, bearer(key)],
      [413, "too-large", { stages: [], crm: "x".repeat(1024 * 1024) }, bearer(key)],
      [415, "not-json-type", good, { ...bearer(key), "content-type": "text/plain" }],
      [400, "bad-idempotency-key", good, { ...bearer(key), "idempotency-key": "a b" }],
    ];
    for (const [status, name, body, headers] of CASES) {
      const answer = await post(body, headers);
      expect(answer.headers.get("content-type"), name).toContain("application/problem+json");
      const type = `urn:tandem:problem:${name}`;
      expect([answer.status, await answer.json()], name).toEqual([status, expect.objectContaining({ status, type })]);
    }
  });

  test("notes when a key was used, and lets both keys of a rotation through until the overlap is over", async () => {
    const { key: old, id } = await aKey();
    const made = await keys().rotate(app.domain(shop), id, { overlapMs: 60_000, by: "test" });
    const stages = [item("nobody")];
    expect((await post({ stages }, bearer(old))).status).toBe(200);
    expect((await post({ stages }, bearer(made?.key ?? ""))).status).toBe(200);
    const listed = await keys().list(app.domain(shop));
    expect(listed.find((row) => row.id === id)).toMatchObject({
      replacedBy: made?.id,
      lastUsedAt: expect.any(Date) as Date,
    });
    expect(JSON.stringify(await app.opened.database.prisma.apiKey.findMany({ where: { shop } }))).not.toContain(old);
  });
});

test("500 stages are one request", async () => {
  const stages = Array.from({ length: 500 }, (_, n) => item(n % 2 === 0 ? "api-1" : `nobody-${n}`));
  const answers = await resultsOf(await post({ stages }));
  expect(answers).toHaveLength(500);
});

test("the OpenAPI document describes what the app takes and answers", async () => {
  const document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as {
    openapi: string;
    components: { schemas: Record<string, object> };
  };
  expect(document.openapi).toBe("3.1.0");
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "openapi.json");
  const validate = (name: string, value: unknown): unknown => {
    const isValid = ajv.getSchema(`openapi.json#/components/schemas/${name}`);
    return isValid?.(value) === true ? "valid" : isValid?.errors;
  };
  const body = { crm: "HubSpot", stages: [{ ...item("api-1"), value: 1, currency: "EUR" }] };
  expect(validate("StagesRequest", body)).toBe("valid");
  expect(validate("StagesRequest", { stages: [{ stage: "won" }] })).not.toBe("valid");
  expect(validate("StagesResponse", await (await post(body)).json())).toBe("valid");
  expect(validate("Problem", await (await post({ stages: 1 })).json())).toBe("valid");
  expect(validate("Problem", await (await post("{")).json())).toBe("valid");
});
