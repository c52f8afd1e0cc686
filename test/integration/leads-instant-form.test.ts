import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKeys } from "../../app/leads/api-keys.server.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const LEAD_ID = "525645896321548";

let meta: MetaSimulator;
let app: TestApp;
let shop: string;
let key: string;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  app = await startTestApp({ dataDir: "memory://", graphUrl: meta.httpUrl });
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  const keys = createApiKeys(app.opened.database.prisma, app.opened.now);
  key = (await keys.make(app.domain(shop), { name: "CRM", scopes: ["leads:write"], by: "test" })).key;
});
afterAll(async () => {
  await app.close();
  await meta.close();
});

async function outcomesOf(...stages: readonly object[]): Promise<readonly string[]> {
  const answer = await fetch(`${app.url}/api/leads/stages`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ crm: "Our CRM", stages }),
  });
  expect(answer.status).toBe(200);
  const { results } = (await answer.json()) as { results: { outcome: string }[] };
  return results.map(({ outcome }) => outcome);
}

test("a lead of an Instant Form goes from stage to stage through the API, and out as Meta asks of a CRM", async () => {
  const lead = { leadId: LEAD_ID };
  const [made, good] = [3_600_000, 60_000].map((ago) => new Date(Date.now() - ago).toISOString());
  expect(await outcomesOf({ lead, stage: "lead", at: made, consent: "granted" })).toEqual(["accepted"]);
  expect(await outcomesOf({ lead, stage: "qualified", at: good }, { lead, stage: "qualified", at: good })).toEqual([
    "accepted",
    "duplicate",
  ]);

  await expect.poll(() => meta.received().length).toBe(2);
  const sent = meta.received().flatMap(({ server }) => (server === null ? [] : [server.event]));
  expect(sent.map((event) => event["event_name"]).toSorted()).toEqual(["LeadQualified", "LeadReceived"]);
  for (const event of sent) {
    expect(event).toMatchObject({
      action_source: "system_generated",
      user_data: { lead_id: LEAD_ID },
      custom_data: { event_source: "crm", lead_event_source: "Our CRM" },
    });
    expect(event).not.toHaveProperty("original_event_data");
  }
});
