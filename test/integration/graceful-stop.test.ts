import { afterEach, beforeEach, expect, test } from "vitest";

import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";

let meta: MetaSimulator;
let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let app: TestApp | undefined;

beforeEach(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  folder = await aMigratedDataFolder();
});

afterEach(async () => {
  await app?.close();
  await meta.close();
  await folder.remove();
});

const start = () => startTestApp({ dataDir: folder.path, graphUrl: meta.httpUrl });

test("an app stopped while Meta does not answer ends without the answer and releases its events, which are sent next", async () => {
  app = await start();
  const shop = await app.connectedShop({ metaPixelId: PIXEL, token: TOKEN });
  meta.faults.set({ kind: "timeout" });
  const order = anOrderWebhook({ shop, orderId: "1", source: "pos", placedAt: new Date().toISOString() });
  expect((await postWebhook(app.url, order, { shop })).status).toBe(200);
  await expect.poll(() => meta.requests().length).toBe(1);

  // Meta never answers this request, so a stop that waited for it would not come to an end.
  await app.close();

  meta.reset();
  app = await start();
  const deliveries = await app.opened.database.prisma.delivery.findMany({ where: { shop: app.domain(shop) } });
  expect(deliveries).toMatchObject([{ attempts: 1 }]);
  await expect.poll(() => meta.received().length).toBe(1);
  expect(meta.received()[0]).toMatchObject({ eventId: `purchase.${shop.split(".")[0]}.1`, serverCopies: 1 });
});
