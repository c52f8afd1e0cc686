import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postToFlow } from "../support/flow-scene.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const SHOP = "tandem-demo.myshopify.com";
const REFUSED = "tandem-event-refused";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", role: "web" });
  await app.opened.settings.ensureShop(app.domain(SHOP), "test");
});
afterAll(() => app.close());
beforeEach(async () => void (await app.opened.database.prisma.flowWorkflow.deleteMany({ where: { shop: SHOP } })));

describe("what Shopify says of a shop's workflows", () => {
  const change = (changes: object = {}): string =>
    JSON.stringify({
      flow_trigger_definition_id: REFUSED,
      has_enabled_flow: true,
      shop_id: "1",
      shopify_domain: SHOP,
      timestamp: new Date().toISOString(),
      ...changes,
    });
  const post = (body: string, hmac?: string | null) =>
    postToFlow(app.url, body, { path: "/api/flow/triggers", ...(hmac !== undefined && { hmac }) });

  test("holds by its time, not by its arrival, and under any name of the trigger", async () => {
    const [early, late] = ["2026-11-30T08:00:00.000Z", "2026-11-30T09:00:00.000Z"];
    await post(
      change({ flow_trigger_definition_id: "Event refused by Meta", has_enabled_flow: false, timestamp: late }),
    );
    await post(change({ flow_trigger_definition_id: "Event refused by Meta", timestamp: early }));
    await post(change({ flow_trigger_definition_id: "4711", timestamp: early }));
    await post(change({ flow_trigger_definition_id: "4711", timestamp: late }));
    expect(
      await app.opened.database.prisma.flowWorkflow.findMany({ where: { shop: SHOP }, orderBy: { definition: "asc" } }),
    ).toEqual([
      { shop: SHOP, definition: "4711", enabledAt: new Date(early), changedAt: new Date(late) },
      { shop: SHOP, definition: "event refused by meta", enabledAt: null, changedAt: new Date(late) },
    ]);
  });

  test.each<[number, string, () => string, (string | null)?]>([
    [401, "not signed", change, null],
    [401, "wrongly signed", change, randomUUID()],
    [400, "not JSON", () => "{"],
    [422, "without a time", () => change({ timestamp: "today" })],
    [422, "of no shop", () => change({ shopify_domain: "example.com" })],
    [413, "too large", () => change({ more: "x".repeat(140_000) })],
    [200, "of a shop that nobody knows", () => change({ shopify_domain: "nobody.myshopify.com" })],
  ])("is answered %i if it is %s", async (status, _, body, hmac) => {
    expect((await post(body(), hmac)).status).toBe(status);
    expect(await app.opened.database.prisma.flowWorkflow.count({ where: { shop: SHOP } })).toBe(0);
  });
});
