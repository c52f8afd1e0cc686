import { createServer, connect, type Server, type Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { emptyPostgresDatabase } from "../support/databases.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

/** A way to the database that can be cut, so that the server itself, which other tests use, stays up. */
async function aWayTo(url: string) {
  const target = new URL(url);
  const open = new Set<Socket>();
  let server: Server;
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server = createServer((near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const [end, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(end);
          end.on("error", () => other.destroy());
          end.on("close", () => {
            open.delete(end);
            other.destroy();
          });
        }
        near.pipe(far).pipe(near);
      });
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        if (typeof address === "object" && address) resolve(address.port);
      });
    });
  const port = await listen(0);
  const near = new URL(url);
  near.hostname = "127.0.0.1";
  near.port = String(port);
  return {
    url: near.href,
    cut: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const end of open) end.destroy();
      await closed;
    },
    mend: () => listen(port),
  };
}

let database: Awaited<ReturnType<typeof emptyPostgresDatabase>>;
let way: Awaited<ReturnType<typeof aWayTo>>;
let meta: MetaSimulator;
let app: TestApp;

beforeEach(async () => {
  database = await emptyPostgresDatabase();
  way = await aWayTo(database.url);
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  app = await startTestApp({ dataDir: "", graphUrl: meta.httpUrl, databaseUrl: way.url });
});
afterEach(async () => {
  await app.close();
  await meta.close();
  await way.cut();
  await database.drop();
});

test("without its database the app answers 503 with Retry-After; the retried webhook is delivered once", async () => {
  const shop = await app.connectedShop(PIXEL);
  const { ingestKey = "" } = (await app.opened.settings.profile(app.domain(shop))) ?? {};
  const checkoutToken = "c0ffee00c0ffee00c0ffee00c0ffee01";
  const order = anOrderWebhook({ shop, orderId: "810", checkoutToken, placedAt: new Date().toISOString() });
  const receipt = { method: "POST", body: aCheckoutReceipt({ shop, orderId: "810", checkoutToken }) };
  const collector = `${app.url}/collect/${ingestKey}`;
  const webhookId = randomUUID();

  await way.cut();
  const refused = await postWebhook(app.url, order, { shop, webhookId });
  const uncollected = await fetch(collector, receipt);
  const notReady = await fetch(`${app.url}/readyz`);
  expect([refused.status, uncollected.status, notReady.status]).toEqual([503, 503, 503]);
  expect([refused, uncollected, notReady].map(({ headers }) => headers.get("retry-after"))).toEqual(["5", "5", "5"]);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  expect((await postWebhook(app.url, order, { shop, headers: { "x-shopify-hmac-sha256": "AAAA" } })).status).toBe(401);

  await way.mend();
  await expect.poll(async () => (await fetch(`${app.url}/readyz`)).status).toBe(200);
  const statuses = [
    (await fetch(collector, receipt)).status,
    (await postWebhook(app.url, order, { shop, webhookId })).status,
    (await postWebhook(app.url, order, { shop, webhookId })).status,
  ];
  expect(statuses).toEqual([204, 200, 200]);
  await expect.poll(() => app.eventsOf(shop)).toEqual([expect.objectContaining({ state: "delivered" })]);
  expect(meta.received()).toEqual([expect.objectContaining({ eventName: "Purchase", serverCopies: 1 })]);
});
