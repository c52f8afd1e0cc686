import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { type ShopifySimulator, startShopifySimulator } from "../simulators/shopify/simulator.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

// A shop for each test, so that none finds what another has published.
const STORES = ["signs-in", "saves", "pixels", "twice", "refused", "reads", "pastes", "leaves"];
const MUG = PRODUCTS[0]?.variants[0]?.id ?? "";
const PIXEL = { metaPixelId: "1111111111111111", token: "EAAplain0token" };

let shopify: ShopifySimulator;
let meta: MetaSimulator;
let app: TestApp;
let shop: ShopDomain;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  shopify = await startShopifySimulator({
    appUrl: "http://localhost:1",
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    shops: shopsCalled(...STORES),
  });
  // Webhooks have nowhere to go.
  shopify.faults.drop = Number.MAX_SAFE_INTEGER;
  process.env["SIMULATOR_SHOPIFY_PORT"] = String(shopify.port);
  await import("../simulators/redirect-shopify.ts");
  app = await startTestApp({ dataDir: "memory://", graphUrl: meta.httpUrl });
});
afterAll(async () => {
  await app.close();
  await shopify.close();
  await meta.close();
});
beforeEach(() => {
  shop = app.domain(`${STORES.shift() ?? "none"}.myshopify.com`);
  shopify.install(shop);
});

const ports = () => adminPorts(app.opened, { by: "shopify-user 1", role: "owner" });

/** The merchant opens the app: what its pages do before they show anything. */
async function signIn(): Promise<void> {
  const token = createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, shop, new Date());
  const headers = { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/153.0.0.0" };
  await app.opened.connection.shopify.authenticate.admin(new Request("http://localhost:1/app", { headers }));
  await ports().visited(shop);
}

/** What the pages show of it. */
async function publication() {
  const { profile, publish } = await ports().setup(shop);
  return { problem: publish.problem, isBehind: publish.publishedVersion < profile.settings.version };
}

const ON_ITS_WAY = { problem: null, isBehind: true };
const PUBLISHED = { problem: null, isBehind: false };

const save = (seconds: number) => ports().saveSettings(shop, { contextWaitSeconds: String(seconds) });

/** A shop whose first settings are at Shopify. */
async function anInstalledShop(): Promise<void> {
  await signIn();
  await expect.poll(publication).toEqual(PUBLISHED);
}

/** The versions that the web pixel was given, one after another. */
const versionsGiven = (): readonly number[] =>
  shopify.shop(shop).webPixelsSaved.map((settings) => {
    // Published by the app under test.
    const { version } = JSON.parse(String(settings["config"])) as { version: number };
    return version;
  });

test("a sign-in is answered while Shopify keeps its answers, and what it publishes arrives afterwards", async () => {
  const release = shopify.holdAdminApi(shop);
  await signIn();
  expect(await publication()).toEqual(ON_ITS_WAY);
  release();
  await expect.poll(publication).toEqual(PUBLISHED);
});

test("a save is answered while Shopify keeps its answers, and is published once these come", async () => {
  await anInstalledShop();
  const release = shopify.holdAdminApi(shop);
  expect(await save(31)).toMatchObject({ kind: "saved" });
  expect(await publication()).toEqual(ON_ITS_WAY);
  release();
  await expect.poll(publication).toEqual(PUBLISHED);
});

test("connecting, limiting, pausing, resuming and disconnecting a pixel wait for Shopify as little", async () => {
  await anInstalledShop();
  const connect = async () => {
    const connected = await ports().connectPixel(shop, {
      pixelId: PIXEL.metaPixelId,
      token: PIXEL.token,
      testEventCode: "",
    });
    return connected.kind === "connected" ? connected.pixelId : "";
  };
  let id = "";
  const changes: readonly (() => Promise<unknown>)[] = [
    async () => (id = await connect()),
    () =>
      ports().filterPixel(shop, PIXEL.metaPixelId, {
        countries: "DE",
        channels: ["online"],
        events: ["Purchase"],
      }),
    () => ports().setPixelState(shop, id, "paused"),
    () => ports().setPixelState(shop, id, "active"),
    () => ports().disconnectPixel(shop, PIXEL.metaPixelId),
  ];
  for (const change of changes) {
    const release = shopify.holdAdminApi(shop);
    await change();
    expect(await publication()).toEqual(ON_ITS_WAY);
    release();
    await expect.poll(publication).toEqual(PUBLISHED);
  }
});

test("saves during a publication are published after it, together, each version at most once and the newest last", async () => {
  await anInstalledShop();
  const release = shopify.holdAdminApi(shop);
  const versions = [];
  for (const seconds of [31, 32, 33]) {
    const saved = await save(seconds);
    versions.push(saved.kind === "saved" ? saved.version : 0);
  }
  release();
  await expect.poll(publication).toEqual(PUBLISHED);
  const given = versionsGiven();
  expect(given.at(-1)).toBe(versions.at(-1));
  expect(given).toEqual([...new Set(given)].sort((one, other) => one - other));
});

test("Shopify's refusal is shown with its reason, and no longer once another save is on its way", async () => {
  await anInstalledShop();
  shopify.shop(shop).adminForbidden = true;
  expect(await save(31)).toMatchObject({ kind: "saved" });
  await expect.poll(publication).toEqual({ problem: "forbidden", isBehind: true });

  shopify.shop(shop).adminForbidden = false;
  const release = shopify.holdAdminApi(shop);
  await save(32);
  expect(await publication()).toEqual(ON_ITS_WAY);
  release();
  await expect.poll(publication).toEqual(PUBLISHED);
});

test("a dry run of an order by its number, and the values of the last order, are answered before Shopify answers", async () => {
  await anInstalledShop();
  const { number } = shopify.placeOrder(shop, {
    lines: [{ variantId: MUG, quantity: 1 }],
    source: "pos",
    country: "DE",
  });
  const input = { from: "shop", json: "", number: `#${number}`, answer: "allowed" };
  const release = shopify.holdAdminApi(shop);
  expect(await ports().dryRun(shop, input)).toEqual({ state: "running" });
  expect(await ports().dryRun(shop, input)).toEqual({ state: "running" });
  expect(await ports().latestOrderValues(shop)).toEqual({ state: "running" });
  release();
  await expect.poll(() => ports().dryRun(shop, input)).toMatchObject({ state: "done", result: { kind: "done" } });
});

test("a dry run of a pasted order is answered at once, because nobody is asked", async () => {
  const input = { from: "pasted", json: "{", number: "", answer: "allowed" };
  expect(await ports().dryRun(shop, input)).toMatchObject({ state: "done", result: { kind: "invalid" } });
});

test("a publication that outlasts the installation leaves nothing behind", async () => {
  await anInstalledShop();
  const release = shopify.holdAdminApi(shop);
  await save(31);
  await app.opened.settings.markUninstalled(shop);
  release();
  await app.opened.underWay.finish(Promise.resolve(), 60_000);
  expect(await app.opened.settings.publishState(shop)).toEqual({
    publishedVersion: 0,
    webPixelId: null,
    problem: null,
  });
});
