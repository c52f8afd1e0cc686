import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { type ShopifySimulator, startShopifySimulator } from "../simulators/shopify/simulator.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { type ScheduledWork, scheduledWorkOf } from "../support/scheduled-work.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const SHOP = "back-again.myshopify.com";
const TEN_MINUTES_MS = 600_000;

let shopify: ShopifySimulator;
let meta: MetaSimulator;
let app: TestApp;
let schedule: ScheduledWork;
let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;

beforeAll(async () => {
  folder = await aMigratedDataFolder();
  meta = await startMetaSimulator();
  shopify = await startShopifySimulator({
    appUrl: "http://localhost:1",
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    stateFile: path.join(folder.path, "shopify-simulator.json"),
    shops: shopsCalled("back-again"),
  });
  // Nothing that Shopify would tell of the uninstallation arrives.
  shopify.faults.drop = Number.MAX_SAFE_INTEGER;
  process.env["SIMULATOR_SHOPIFY_PORT"] = String(shopify.port);
  await import("../simulators/redirect-shopify.ts");
  app = await startTestApp({ dataDir: folder.path, graphUrl: meta.httpUrl });
  schedule = await scheduledWorkOf(app.opened);
});
afterAll(async () => {
  await schedule.close();
  await app.close();
  await shopify.close();
  await meta.close();
  await folder.remove();
});

/** The merchant opens the app: what its pages do before they show anything. */
async function openApp(): Promise<void> {
  const token = createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, SHOP, new Date());
  const headers = { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/153.0.0.0" };
  await app.opened.connection.shopify.authenticate.admin(new Request("http://localhost:1/app", { headers }));
  await adminPorts(app.opened, { by: "shopify-user 1", role: "owner" }).visited(app.domain(SHOP));
}

/** As if the visit of the test before was some time ago: the next one has Shopify asked. */
const tenMinutesLater = () =>
  app.opened.database.prisma.shop.update({
    where: { domain: SHOP },
    data: { webPixelSeenAt: new Date(Date.now() - TEN_MINUTES_MS) },
  });

const rowOf = () => app.opened.database.prisma.shop.findUniqueOrThrow({ where: { domain: SHOP } });
const guide = async () =>
  (await adminPorts(app.opened, { by: "shopify-user 1", role: "owner" }).setup(app.domain(SHOP))).facts.webPixelOn;
/** What the guide shows while the rounds go by that are due every minute. */
const guideInTime = async () => {
  await schedule.due("check-installations", "publish-settings");
  return guide();
};
const installation = () => shopify.shop(SHOP).installation;
const sessions = () => app.opened.database.prisma.session.findMany({ where: { shop: SHOP } });

test("a reinstallation of which nothing told is noticed, and the guide is green again only when Shopify has everything", async () => {
  shopify.install(SHOP);
  await openApp();
  await expect.poll(guideInTime).toBe(true);
  const before = { webPixel: installation().webPixel?.id, metafields: Object.keys(installation().metafields) };
  expect(before.webPixel).toBeDefined();
  expect(before.metafields).not.toEqual([]);

  // The merchant comes back later; the session of the first installation is stored and not expired.
  shopify.uninstall(SHOP);
  shopify.install(SHOP);
  expect(installation()).toMatchObject({ webPixel: null, metafields: {} });
  expect(await sessions()).toHaveLength(1);
  await tenMinutesLater();

  await openApp();
  await expect.poll(guideInTime).toBe(false);
  await openApp();
  await expect.poll(guideInTime).toBe(true);

  expect(installation().webPixel?.id).not.toBe(before.webPixel);
  expect(installation().webPixel?.id).toBe((await rowOf()).webPixelId);
  expect(Object.keys(installation().metafields)).toEqual(before.metafields);
  const order = anOrderWebhook({ shop: SHOP, orderId: "77", placedAt: new Date().toISOString() });
  expect((await postWebhook(app.url, order, { shop: SHOP })).status).toBe(200);
  expect(await app.eventsOf(SHOP)).toHaveLength(1);
});

test("so is one whose token Shopify still takes: what it has forgotten is published anew, without another visit", async () => {
  const { webPixel, metafields } = installation();
  expect(webPixel).not.toBeNull();
  Object.assign(installation(), { webPixel: null, metafields: {} });
  await tenMinutesLater();

  await openApp();
  await schedule.due("check-installations");
  await expect.poll(() => installation().webPixel).not.toBeNull();
  await expect.poll(guide).toBe(true);

  expect(installation().webPixel?.id).not.toBe(webPixel?.id);
  expect(installation().webPixel?.id).toBe((await rowOf()).webPixelId);
  expect(Object.keys(installation().metafields)).toEqual(Object.keys(metafields));
});
