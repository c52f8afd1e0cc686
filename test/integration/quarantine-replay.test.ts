import { afterAll, beforeAll, expect, test } from "vitest";

import { operatorPorts } from "../../app/cli/operator-ports.server.ts";
import { runOperatorCommand } from "../../app/cli/operator-command.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine } from "../fixtures/orders/true-sale.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

let meta: MetaSimulator;
let app: TestApp;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  app = await startAppOn("pglite", meta.httpUrl);
});
afterAll(async () => {
  await app.close();
  await meta.close();
});

const operate = (...argv: readonly string[]) =>
  runOperatorCommand(argv, operatorPorts(app.opened, createLogger({ level: "silent", name: "test" })));

test("a payload that a fixed parser can read takes the webhook's path and is delivered once; the others stay", async () => {
  const shop = await app.connectedShop(PIXEL);
  const webhook = { shop: app.domain(shop), apiVersion: "2026-10", triggeredAt: null, topic: "orders/paid" };
  // What an older parser put away: its webhook is known, and the bytes are good by today's.
  const placedAt = new Date().toISOString();
  await app.opened.quarantine.keep(
    { ...webhook, webhookId: "w-1", body: anOrderWebhook({ shop, orderId: "501", source: "pos", placedAt }) },
    { code: "not-an-order", detail: "an old parser's problem" },
  );
  // And one that nobody can read.
  expect((await postWebhook(app.url, '{"id": 1}', { shop })).status).toBe(200);

  const replayed = await operate("quarantine", "replay", "--all", "--shop", shop, "--json");

  expect(replayed.exitCode).toBe(1);
  expect(replayed.stdout).toContain('"added"');
  expect(replayed.stdout).toContain('"quarantined"');
  await expect.poll(() => meta.received().length).toBe(1);
  expect(meta.received()).toMatchObject([{ eventName: "Purchase", serverCopies: 1 }]);
  expect(JSON.parse((await operate("quarantine", "list", "--shop", shop, "--json")).stdout)).toMatchObject({
    quarantine: [{ problem: "not-an-order" }],
  });
  expect((await app.opened.eventLog.setupFacts(app.domain(shop))).quarantined).toBe(1);
});

test("a post-purchase offer is also reported if its order was quarantined", async () => {
  const shop = await app.connectedShop(PIXEL);
  await app.opened.settings.save(app.domain(shop), { upsellEvent: true }, "test");
  const offer = aLine({ productId: "8", variantId: "88", unit: 900, quantity: 1 });
  const sale = { shop, orderId: "601", source: "pos" as const, placedAt: new Date().toISOString() };
  await postWebhook(app.url, anOrderWebhook({ ...sale, lines: [aLine()] }), { shop });
  await app.opened.quarantine.keep(
    {
      ...{
        shop: app.domain(shop),
        topic: "orders/updated",
        webhookId: "w-2",
        apiVersion: "2026-10",
        triggeredAt: null,
      },
      body: anOrderWebhook({ ...sale, lines: [aLine(), offer] }),
    },
    { code: "not-an-order", detail: "an old parser's problem" },
  );

  await operate("quarantine", "replay", "--all", "--shop", shop);

  const names = (await app.eventsOf(shop)).map(({ eventName }) => eventName);
  expect(names.toSorted()).toEqual(["Purchase", "UpsellPurchase"]);
});

test("an unreadable payload is stored with its order ID, if it has one", async () => {
  const shop = await app.connectedShop(PIXEL);
  await postWebhook(app.url, '{"admin_graphql_api_id":"gid://shopify/Order/777","line_items":null}', { shop });
  const [kept] = await app.opened.quarantine.list({ shop: app.domain(shop), replayed: false });
  expect(kept).toMatchObject({ orderId: "777", problem: "not-an-order" });
});
