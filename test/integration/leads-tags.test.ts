import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aForm } from "../support/lead-scene.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const stage = (key: string, more: object = {}) => ({ key, name: key, event: `Lead${key}`, ...more });
const FUNNEL = JSON.stringify({
  stages: [
    stage("lead"),
    stage("good", { customerTag: "Good Lead" }),
    stage("won", { kind: "won" }),
    stage("bad", { kind: "disqualified", customerTag: "bad lead" }),
  ],
});

let app: TestApp;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  const { parseSettingsInput } = await import("../../app/settings/validate-settings.ts");
  const settings = parseSettingsInput({ funnel: FUNNEL });
  expect(settings.ok).toBe(true);
  if (settings.ok) await app.opened.settings.save(app.domain(shop), settings.value, "test");
});
afterAll(() => app.close());

async function aLead(id: string, customerId: string): Promise<void> {
  const at = Date.now() - 2_000;
  const person = { external_id: createHash("sha256").update(customerId).digest("hex") };
  const form = { id: anId(id), at, sentAt: at, url: `https://${shop}/pages/contact`, person };
  expect((await app.collect(shop, aForm(form))).status).toBe(204);
}

/** Tags of a customer, as Shopify sends them; the status of the answer. */
async function tags(kind: "added" | "removed", customerId: string, ...given: readonly string[]): Promise<number> {
  const occurredAt = new Date().toISOString();
  const body = JSON.stringify({ customerId: `gid://shopify/Customer/${customerId}`, tags: given, occurredAt });
  const webhook = { shop, topic: `customer.tags_${kind}`, path: "/webhooks/app" };
  return (await postWebhook(app.url, body, webhook)).status;
}

const reports = async () =>
  (
    await app.opened.database.prisma.stageReport.findMany({
      where: { shop, source: "tag" },
      orderBy: { id: "asc" },
      select: { stage: true, outcome: true, leadId: true },
    })
  ).map(({ stage: key, outcome, leadId }) => [key, outcome, leadId]);

test("a customer's tag takes their lead to the stage that has it, once, and a tag taken away opens it again", async () => {
  await aLead("tag-1", "191167");
  expect(await tags("added", "191167", "vip", "good lead")).toBe(200);
  expect(await tags("added", "191167", "Good Lead")).toBe(200);
  expect(await tags("removed", "191167", "good lead")).toBe(200);
  expect(await tags("added", "191167", "bad lead")).toBe(200);
  expect(await tags("removed", "191167", "bad lead")).toBe(200);
  expect(await tags("added", "999", "good lead", "wholesale")).toBe(200);
  expect(await reports()).toEqual([
    ["good", "accepted", "tag-1"],
    ["good", "duplicate", "tag-1"],
    ["bad", "accepted", "tag-1"],
    ["reopen", "reopened", "tag-1"],
    ["good", "unknown-lead", null],
  ]);
  const events = await app.eventsOf(shop);
  expect(events.filter(({ eventName }) => eventName === "LeadStage")).toHaveLength(2);
});

test.each<[number, string, string | null, object]>([
  [401, "forged", "x", {}],
  [200, "of a shop that nobody knows", null, { shop: "nobody.myshopify.com" }],
  [200, "unreadable", null, {}],
])("a webhook is answered %i when it is %s", async (status, what, hmac, changes) => {
  const before = (await reports()).length;
  const body = what === "unreadable" ? '{"customerId":"1"}' : "{}";
  const headers = hmac === null ? {} : { "x-shopify-hmac-sha256": hmac };
  const webhook = { shop, topic: "customer.tags_added", path: "/webhooks/app", headers, ...changes };
  expect((await postWebhook(app.url, body, webhook)).status).toBe(status);
  expect(await reports()).toHaveLength(before);
  const kept = await app.opened.quarantine.list({ shop: app.domain(shop), replayed: false });
  expect(kept.some(({ detail }) => detail.startsWith("customerId"))).toBe(what === "unreadable");
});
