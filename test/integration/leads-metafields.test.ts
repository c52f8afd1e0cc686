import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aForm } from "../support/lead-scene.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const FUNNEL = {
  stages: [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "good", name: "Good lead", event: "LeadGood" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won" },
    { key: "bad", name: "Bad", event: "LeadBad", kind: "disqualified" },
  ],
};
const METAFIELD = "custom.lead_stage";

let app: TestApp;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await aShop(METAFIELD);
});
afterAll(() => app.close());

async function aShop(customerMetafield: string | null): Promise<string> {
  const made = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  const { parseSettingsInput } = await import("../../app/settings/validate-settings.ts");
  const settings = parseSettingsInput({ funnel: JSON.stringify({ ...FUNNEL, customerMetafield }) });
  if (!settings.ok) throw new Error("the funnel is no funnel");
  await app.opened.settings.save(app.domain(made), settings.value, "test");
  return made;
}

async function aLead(id: string, customerId: string): Promise<void> {
  const at = Date.now() - 2_000;
  const person = { external_id: createHash("sha256").update(customerId).digest("hex") };
  const form = { id: anId(id), at, sentAt: at, url: `https://${shop}/pages/contact`, person };
  expect((await app.collect(shop, aForm(form))).status).toBe(204);
}

type Update = { readonly id: number | null; readonly value: string; readonly at?: string; readonly key?: string };

/** A change of a customer, as Shopify tells of it; the status of the answer. */
async function updated(customerId: string, given: Update | null, of = shop): Promise<number> {
  const { id = null, value = "", at, key = "lead_stage" } = given ?? {};
  const field = { namespace: "custom", key, value, ...(id !== null && { id, updated_at: at }) };
  const body = JSON.stringify({
    id: Number(customerId),
    admin_graphql_api_id: `gid://shopify/Customer/${customerId}`,
    updated_at: new Date().toISOString(),
    metafields: given === null ? [] : [field],
  });
  const webhook = { shop: of, topic: "customers/update", path: "/webhooks/app", webhookId: randomUUID() };
  return (await postWebhook(app.url, body, webhook)).status;
}

const reports = async (of = shop) =>
  (
    await app.opened.database.prisma.stageReport.findMany({
      where: { shop: of, source: "metafield" },
      orderBy: { id: "asc" },
      select: { stage: true, outcome: true, leadId: true },
    })
  ).map(({ stage, outcome, leadId }) => [stage, outcome, leadId]);

const stagesSent = async () =>
  (await app.eventsOf(shop)).filter(({ eventName }) => eventName === "LeadStage").map(({ eventId }) => eventId);

test("a customer's metafield takes their lead to the stage that it names, and the same value changes nothing again", async () => {
  await aLead("field-1", "191167");
  const set = { id: 7, value: "Good Lead", at: new Date().toISOString() };
  expect(await updated("191167", set)).toBe(200);
  // The customer's other changes, of which Shopify tells as well.
  for (let n = 0; n < 3; n += 1) expect(await updated("191167", set)).toBe(200);
  expect(await reports()).toEqual([["good", "accepted", "field-1"]]);

  const later = (ms: number) => new Date(Date.now() + ms).toISOString();
  expect(await updated("191167", { id: 7, value: "bad", at: later(1) })).toBe(200);
  expect(await updated("191167", { id: 7, value: "reopen", at: later(2) })).toBe(200);
  expect(await updated("191167", { id: 7, value: "good", at: later(3) })).toBe(200);
  expect((await reports()).slice(1)).toEqual([
    ["bad", "accepted", "field-1"],
    ["reopen", "reopened", "field-1"],
    ["good", "duplicate", "field-1"],
  ]);
  expect((await stagesSent()).toSorted()).toEqual(["stage.bad.field-1", "stage.good.field-1"]);
});

test("a value without its ID and time counts once for each customer", async () => {
  await aLead("field-2", "191168");
  const before = (await reports()).length;
  for (let n = 0; n < 2; n += 1) expect(await updated("191168", { id: null, value: "good" })).toBe(200);
  expect((await reports()).slice(before)).toEqual([["good", "accepted", "field-2"]]);
});

test("what is no stage, and who sent no form, is listed with its reason and sends nothing", async () => {
  const [before, sent] = [(await reports()).length, await stagesSent()];
  await aLead("field-3", "191169");
  expect(await updated("191169", { id: 8, value: "golden", at: new Date().toISOString() })).toBe(200);
  expect(await updated("191169", { id: 9, value: "x".repeat(60_000), at: new Date().toISOString() })).toBe(200);
  expect(await updated("999", { id: 10, value: "good", at: new Date().toISOString() })).toBe(200);
  expect((await reports()).slice(before)).toEqual([
    ["golden", "unknown-stage", "field-3"],
    [`${"x".repeat(49)}…`, "unknown-stage", "field-3"],
    ["good", "unknown-lead", null],
  ]);
  expect(await stagesSent()).toEqual(sent);
});

test("another metafield, an empty one, and a shop that names none say nothing", async () => {
  const before = await reports();
  const other = await aShop(null);
  expect(await updated("191167", { id: 11, key: "vip", value: "good", at: new Date().toISOString() })).toBe(200);
  expect(await updated("191167", { id: 12, value: "  ", at: new Date().toISOString() })).toBe(200);
  expect(await updated("191167", null)).toBe(200);
  expect(await updated("191167", { id: 13, value: "good", at: new Date().toISOString() }, other)).toBe(200);
  expect(await reports()).toEqual(before);
  expect(await reports(other)).toEqual([]);
});

test.each<[number, string, string | null, object]>([
  [401, "forged", "x", {}],
  [401, "not about a customer", null, {}],
  [200, "of a shop that nobody knows", null, { shop: "nobody.myshopify.com" }],
  [200, "unreadable", null, {}],
])("a webhook is answered %i when it is %s", async (status, what, hmac, changes) => {
  const before = (await reports()).length;
  const gid = what === "not about a customer" ? "gid://shopify/Order/1" : "gid://shopify/Customer/1";
  const body = JSON.stringify({ admin_graphql_api_id: gid, metafields: [] });
  const headers = hmac === null ? {} : { "x-shopify-hmac-sha256": hmac };
  const webhook = { shop, topic: "customers/update", path: "/webhooks/app", headers, ...changes };
  expect((await postWebhook(app.url, body, webhook)).status).toBe(status);
  expect(await reports()).toHaveLength(before);
  const kept = await app.opened.quarantine.list({ shop: app.domain(shop), replayed: false });
  expect(kept).toHaveLength(what === "unreadable" ? 1 : 0);
});
