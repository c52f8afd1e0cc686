import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, onTestFinished, vi } from "vitest";
import { type FlowScene, postToFlow, startFlow } from "../support/flow-scene.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId, GRANTED } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const ACTION = "tandem-send-stage";
const DAY = 86_400_000;

let app: TestApp;
let flow: FlowScene;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  flow = await startFlow(app.url);
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
});
afterAll(async () => {
  await flow.close();
  await app.close();
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

type Person = { readonly customerId?: string; readonly email?: string; readonly at?: number };

async function aLead(id: string, { customerId, email, at = Date.now() - 2_000 }: Person = {}): Promise<void> {
  const person = {
    ...(customerId !== undefined && { external_id: sha256(customerId) }),
    ...(email !== undefined && { em: sha256(email) }),
  };
  const form = {
    id: anId(id),
    at,
    sentAt: Date.now(),
    url: `https://${shop}/pages/contact`,
    person,
    reference: `ref-${id}`,
  };
  expect((await app.collect(shop, aForm(form))).status).toBe(204);
}

const run = (fields: Readonly<Record<string, unknown>>, runId: string = randomUUID(), domain = shop) =>
  flow.runAction(flow.shopOf(domain), ACTION, fields, { runId });

const reports = () =>
  app.opened.database.prisma.stageReport.findMany({
    where: { shop, source: "flow" },
    orderBy: { id: "asc" },
    select: { stage: true, outcome: true, leadId: true, namedBy: true },
  });

test("a workflow takes a lead to a stage, by its reference, its customer or its email address, each run once", async () => {
  await aLead("flow-1", { customerId: "101", email: "ada@example.com" });
  const runId = randomUUID();
  const first = await run({ stage: "Qualified", customer_id: 101, email: "", lead_reference: "" }, runId);
  expect([first.state, first.attempts.length]).toEqual(["done", 1]);
  const again = await run({ stage: "Qualified", customer_id: 101, email: "", lead_reference: "" }, runId);
  expect(again.attempts[0]?.body).toBe(first.attempts[0]?.body);
  expect((await run({ stage: "won", email: "Ada@Example.com ", value: "900.50", currency: "eur" })).state).toBe("done");
  expect(await reports()).toEqual([
    { stage: "qualified", outcome: "accepted", leadId: "flow-1", namedBy: "customer" },
    { stage: "won", outcome: "accepted", leadId: "flow-1", namedBy: "email" },
  ]);
  const events = await app.opened.database.prisma.event.findMany({ where: { shop, eventName: "LeadStage" } });
  expect(events).toHaveLength(2);
  expect(events.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ custom_data: { value: 900.5, currency: "EUR" }, action_source: "system_generated" }),
  );
});

test("a customer that no form knows gives way to the email address", async () => {
  await aLead("flow-2", { email: "bob@example.com" });
  const done = await run({ stage: "qualified", customer_id: "gid://shopify/Customer/102", email: "bob@example.com" });
  expect([done.state, done.message]).toEqual(["done", null]);
  expect(JSON.parse(done.attempts[0]?.body ?? "")).toMatchObject({ outcome: "accepted", leadId: "flow-2" });
});

test("a repetition gets the answer of its first time, although the lead is known meanwhile", async () => {
  const fields = { stage: "qualified", customer_id: 103, email: "eve@example.com" };
  const runId = randomUUID();
  expect((await run(fields, runId)).state).toBe("failed");
  await aLead("flow-3", { email: "eve@example.com" });
  expect((await run(fields, runId)).message).toMatch(/^No lead is known by this name/);
  expect((await run(fields)).state).toBe("done");
});

test("workflows that were saved with fewer or with other fields go on", async () => {
  await aLead("flow-4", { email: "old@example.com" });
  const old = { stage: "qualified", email: "old@example.com", campaign: "a field that was removed" };
  const done = await flow.runAction(flow.shopOf(shop), ACTION, old, { ofEarlierVersion: true });
  expect(done.state).toBe("done");
  const without = await flow.runAction(
    flow.shopOf(shop),
    ACTION,
    { email: "old@example.com" },
    { ofEarlierVersion: true },
  );
  expect([without.state, without.message]).toEqual([
    "failed",
    "The field “Stage” is empty. Enter a stage of your funnel.",
  ]);
});

describe("what is refused fails the workflow's step at once, with the reason", () => {
  const iso = (at: number): string => new Date(at).toISOString();
  const lead = { email: "cases@example.com" };

  test.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
    [
      "unknown lead",
      { stage: "qualified", lead_reference: "nobody" },
      "unknown-lead",
      /^No lead is known by this name/,
    ],
    ["unknown stage", { stage: "golden", ...lead }, "unknown-stage", /^No stage of your funnel has this key or name/],
    ["out of order", { stage: "won", ...lead }, "out-of-order", /^A stage before it is missing/],
    ["too old", { stage: "qualified", ...lead, reached_at: iso(Date.now() - 8 * DAY) }, "too-old", /^It happened more/],
    [
      "in the future",
      { stage: "qualified", ...lead, reached_at: iso(Date.now() + DAY) },
      "in-future",
      /^Its time is in/,
    ],
    ["no lead named", { stage: "qualified" }, "incomplete", /^Nothing names the lead/],
    ["no email address", { stage: "qualified", email: "not one" }, "incomplete", /\/lead: neither an address/],
    ["no customer", { stage: "qualified", customer_id: "abc" }, "incomplete", /\/lead/],
    ["no number", { stage: "qualified", ...lead, value: "much", currency: "EUR" }, "incomplete", /\/value/],
    ["no currency", { stage: "qualified", ...lead, value: "5" }, "incomplete", /value and currency come together/],
    ["no time", { stage: "qualified", ...lead, reached_at: "yesterday" }, "incomplete", /\/at: /],
  ])("%s", async (_, fields, name, message) => {
    await aLead("flow-cases", lead);
    const refused = await run(fields);
    expect([refused.state, refused.attempts.length]).toEqual(["failed", 1]);
    expect(refused.message).toMatch(message);
    const [{ status, body } = { status: 0, body: "" }] = refused.attempts;
    expect([status, JSON.parse(body)]).toEqual([422, expect.objectContaining({ type: `urn:tandem:problem:${name}` })]);
  });

  test("a run's ID that was used for something else", async () => {
    await aLead("flow-5", { email: "five@example.com" });
    const runId = randomUUID();
    expect((await run({ stage: "qualified", email: "five@example.com" }, runId)).state).toBe("done");
    const other = await run({ stage: "disqualified", email: "five@example.com" }, runId);
    expect(other.message).toMatch(/^This idempotency key was used for another report/);
  });

  test("a person who declined", async () => {
    const at = Date.now() - 2_000;
    const form = { id: anId("flow-no"), at, sentAt: at, url: `https://${shop}/`, form: { reference: "ref-no" } };
    await app.collect(shop, aForm({ ...form, consent: { ...GRANTED, marketing: false } }));
    expect((await run({ stage: "qualified", lead_reference: "ref-no" })).state).toBe("failed");
    expect(
      (await app.eventsOf(shop)).some(({ eventId }) => eventId.includes("flow-no") && eventId.startsWith("stage")),
    ).toBe(false);
  });
});

const A_RUN = (changes: object = {}): string =>
  JSON.stringify({
    shop_id: 1,
    shopify_domain: shop,
    action_run_id: randomUUID(),
    handle: ACTION,
    properties: { stage: "qualified", email: "nobody@example.com" },
    ...changes,
  });

test.each<[string, number, string, () => string, (string | null)?]>([
  ["without a signature", 401, "bad-signature", A_RUN, null],
  ["wrongly signed", 401, "bad-signature", A_RUN, "AAAA"],
  ["empty", 401, "bad-signature", () => "", null],
  ["not JSON", 400, "not-json", () => "{"],
  ["a list", 422, "malformed", () => "[]"],
  ["without a run", 422, "malformed", () => A_RUN({ action_run_id: "" })],
  ["endless", 422, "malformed", () => A_RUN({ action_run_id: "x".repeat(201) })],
  ["nested", 422, "malformed", () => A_RUN({ properties: { stage: { a: 1 } } })],
  ["with a character that no database keeps", 422, "malformed", () => A_RUN({ action_run_id: "a\0b" })],
  ["without properties", 422, "incomplete", () => A_RUN({ properties: undefined })],
  ["of no shop", 422, "malformed", () => A_RUN({ shopify_domain: "example.com" })],
  ["of a foreign shop", 403, "not-installed", () => A_RUN({ shopify_domain: "nobody.myshopify.com" })],
  ["of another action", 404, "unknown-action", () => A_RUN({ handle: "other" })],
  ["too large", 413, "too-large", () => A_RUN({ padding: "x".repeat(140_000) })],
])("a request that is %s is answered %i %s", async (_, status, name, body, hmac) => {
  const answer = await postToFlow(app.url, body(), { ...(hmac !== undefined && { hmac }) });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    status,
    "application/problem+json; charset=utf-8",
  ]);
  expect(await answer.json()).toMatchObject({ type: `urn:tandem:problem:${name}`, status });
});

test("a shop that floods its action is slowed down, and Flow comes back", async () => {
  const other = await app.connectedShop({ metaPixelId: "1234567890123457", token: "EAAtest-token-of-the-simulator" });
  const statuses = new Set<number>();
  // The limit fills again by the second.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  for (let n = 0; n < 700 && !statuses.has(429); n += 50) {
    const bodies = Array.from({ length: 50 }, () => A_RUN({ shopify_domain: other, properties: {} }));
    for (const answer of await Promise.all(bodies.map((body) => postToFlow(app.url, body)))) {
      statuses.add(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  }
  expect([...statuses].sort()).toEqual([422, 429]);
});
