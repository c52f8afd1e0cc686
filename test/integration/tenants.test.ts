import { afterAll, beforeAll, expect, test } from "vitest";

import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { emptyPostgresDatabase } from "../support/databases.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const FLOODED = { metaPixelId: "1111111111111111", token: "EAAflooded-shop-token-of-the-simulator" };
const CALM = { metaPixelId: "2222222222222222", token: "EAAcalm-shop-token-of-the-simulator" };
// More than one request to Meta takes.
const FLOOD = 1_200;

let meta: MetaSimulator;
let place: Awaited<ReturnType<typeof emptyPostgresDatabase>>;
let web: TestApp;
let worker: TestApp | undefined;

beforeAll(async () => {
  [meta, place] = await Promise.all([startMetaSimulator(), emptyPostgresDatabase()]);
  for (const dataset of [FLOODED, CALM]) meta.addDataset(dataset);
  web = await startTestApp({ dataDir: "", graphUrl: meta.httpUrl, databaseUrl: place.url, role: "web" });
});
afterAll(async () => {
  await worker?.close();
  await web.close();
  await meta.close();
  await place.drop();
});

const sell = (shop: string, orderId: number): Promise<Response> => {
  const placedAt = new Date().toISOString();
  return postWebhook(web.url, anOrderWebhook({ shop, orderId: String(orderId), source: "pos", placedAt }), { shop });
};

test("one shop's flood, with a slow Meta, does not delay another shop's sale", async () => {
  const [flooded, calm] = [await web.connectedShop(FLOODED), await web.connectedShop(CALM)];
  for (let n = 0; n < FLOOD; n += 100) {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, more) => sell(flooded, 10_000 + n + more)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  // The flood came first, and its first request hangs until the client gives it up.
  meta.faults.next({ kind: "timeout", metaPixelId: FLOODED.metaPixelId });
  await sell(calm, 1);

  worker = await startTestApp({ dataDir: "", graphUrl: meta.httpUrl, databaseUrl: place.url, role: "worker" });
  await expect.poll(() => meta.received().length).toBeGreaterThan(0);

  expect(meta.received()[0]?.metaPixelId).toBe(CALM.metaPixelId);
});
