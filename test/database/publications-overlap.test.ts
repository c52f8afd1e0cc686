import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../app/database/db.server.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { createSettingsStore, type SettingsStore } from "../../app/settings/settings-store.server.ts";
import { pgliteDatabase } from "../support/databases.ts";

const webPixelId = "gid://shopify/WebPixel/1";

let database: Database;
let settings: SettingsStore;
let shops = 0;

beforeAll(async () => {
  database = await pgliteDatabase();
  const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);
  settings = createSettingsStore(database.prisma, { sealer, now: () => new Date() });
});
afterAll(() => database.close());

/** A shop with three versions, the first of which is at Shopify. */
async function aShop(): Promise<ShopDomain> {
  const shop = shopDomain(`overlap-${++shops}.myshopify.com`);
  if (shop === null) throw new Error("not a shop domain");
  await settings.ensureShop(shop, "install");
  await settings.markPublished(shop, { version: 1, webPixelId, replaces: 0 });
  for (const contextWaitSeconds of [31, 32]) await settings.save(shop, { contextWaitSeconds }, "owner");
  return shop;
}

test.each([
  ["newer", [2, 3]],
  ["older", [3, 2]],
])(
  "of two in two processes, the %s ending last, the older counts, so that a round publishes again",
  async (_, order) => {
    const shop = await aShop();
    for (const version of order) await settings.markPublished(shop, { version, webPixelId, replaces: 1 });
    expect(await settings.publishState(shop)).toMatchObject({ publishedVersion: 2 });
  },
);

test("two of the same version count as that version", async () => {
  const shop = await aShop();
  for (const version of [3, 3]) await settings.markPublished(shop, { version, webPixelId, replaces: 1 });
  expect(await settings.publishState(shop)).toMatchObject({ publishedVersion: 3 });
});

test("one that ends after the app was uninstalled, or installed again, does not count", async () => {
  const shop = await aShop();
  const late = { version: 3, webPixelId, replaces: 1 };
  await settings.markUninstalled(shop);
  await settings.markPublished(shop, late);
  await settings.markPublishProblem(shop, "Shopify refused.");
  expect(await settings.publishState(shop)).toEqual({ publishedVersion: 0, webPixelId: null, problem: null });

  await settings.ensureShop(shop, "install");
  await settings.markPublished(shop, late);
  expect(await settings.publishState(shop)).toMatchObject({ publishedVersion: 0 });
});

test("a problem is forgotten only where newer settings are on their way", async () => {
  const shop = await aShop();
  await settings.markPublishProblem(shop, "Shopify refused.");
  await settings.forgetPublishProblem(shop);
  expect(await settings.publishState(shop)).toMatchObject({ problem: null });

  await settings.markPublished(shop, { version: 3, webPixelId, replaces: 1 });
  await settings.markPublishProblem(shop, "Shopify refused.");
  await settings.forgetPublishProblem(shop);
  expect(await settings.publishState(shop)).toMatchObject({ problem: "Shopify refused." });
});
