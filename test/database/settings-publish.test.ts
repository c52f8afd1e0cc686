import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import type { AdminAnswer } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { Database } from "../../app/database/db.server.ts";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { EVENT_NAMES, isBrowserEventName } from "../../app/event-contract/event-name.ts";
import { parsePublishedSettings } from "../../app/event-contract/published-settings.ts";
import { publishSettings } from "../../app/jobs/publish-settings.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { createSettingsStore, type SettingsStore } from "../../app/settings/settings-store.server.ts";
import { pgliteDatabase } from "../support/databases.ts";
import { aPublishingShopify } from "../support/publishing-shopify.ts";

// vitest declares its matchers as anything.
const anyText: unknown = expect.any(String);

const APP_URL = "https://tandem.example.com";
const TOKEN = "EAAB-never-to-be-published";
const PIXEL = { metaPixelId: "1234567890123456", token: TOKEN, testEventCode: "TEST99" };
const log = createLogger({ level: "silent", name: "test" });

let database: Database;
let settings: SettingsStore;
let shops = 0;

beforeAll(async () => {
  database = await pgliteDatabase();
  settings = createSettingsStore(database.prisma, {
    sealer: createSealer([{ id: "k1", key: randomBytes(32) }]),
    now: () => new Date(),
  });
});
afterAll(() => database.close());

async function anInstalledShop(): Promise<ShopDomain> {
  const shop = shopDomain(`publish-${++shops}.myshopify.com`);
  if (shop === null) throw new Error("not a shop domain");
  await settings.ensureShop(shop, "install");
  await settings.connect(shop, PIXEL);
  return shop;
}

const Metafields = z.object({ metafields: z.tuple([z.object({ value: z.string() })], z.unknown()) });
const WebPixelInput = z.object({ webPixel: z.object({ settings: z.object({ config: z.string() }) }) });

const aShopify = (given?: Parameters<typeof aPublishingShopify>[0]) => {
  const shopify = aPublishingShopify(given);
  return { ...shopify, deps: { settings, admin: () => Promise.resolve(shopify.admin), appUrl: APP_URL, log } };
};

describe("publishing settings", () => {
  test("gives the web pixel and the theme the same settings, in a form that both can read", async () => {
    const shop = await anInstalledShop();
    const { ingestKey } = (await settings.profile(shop)) ?? {};
    const shopify = aShopify();

    const outcome = await publishSettings(shop, shopify.deps);

    expect(outcome).toEqual({ kind: "published", version: 3, webPixelId: "gid://shopify/WebPixel/1" });
    const expected = {
      shop,
      format: 2,
      version: 3,
      collectUrl: `${APP_URL}/collect/${ingestKey}`,
      pixels: [{ id: PIXEL.metaPixelId, countries: null, eventsOff: [] }],
      events: Object.fromEntries(
        EVENT_NAMES.filter(isBrowserEventName).map((name) => [
          name,
          { as: name, custom: name === "ViewCategory", browser: true },
        ]),
      ),
      storefrontMode: "pixel",
      purchaseTrigger: "paid",
      valueBasis: "subtotal",
      contentId: "variant_id",
      contentCountry: "DE",
      giftCards: "count",
      customerSegmentation: true,
    };
    const owner = { ownerId: "gid://shopify/AppInstallation/1", namespace: "tandem" };
    expect(shopify.variablesOf("metafieldsSet")).toEqual({
      metafields: [
        { ...owner, key: "settings", type: "json", value: anyText },
        { ...owner, key: "enabled", type: "boolean", value: "true" },
      ],
    });
    expect(shopify.variablesOf("webPixelCreate")).toEqual({ webPixel: { settings: { config: anyText } } });
    const texts = [
      Metafields.parse(shopify.variablesOf("metafieldsSet")).metafields[0].value,
      WebPixelInput.parse(shopify.variablesOf("webPixelCreate")).webPixel.settings.config,
    ];
    for (const text of texts) {
      expect(JSON.parse(text)).toEqual(expected);
      expect(parsePublishedSettings(text)).toEqual(expected);
    }
  });

  test("never publishes a token, a test code or anything sealed", async () => {
    const shop = await anInstalledShop();
    const shopify = aShopify();
    await publishSettings(shop, shopify.deps);
    await settings.save(shop, { valueBasis: "total" }, "owner");
    await publishSettings(shop, shopify.deps);

    expect(shopify.sent.length).toBeGreaterThan(5);
    expect(JSON.stringify(shopify.sent)).not.toMatch(/EAAB|TEST99|sealed|[tT]oken/);
  });

  test("stores the published version and Shopify's facts about the shop", async () => {
    const shop = await anInstalledShop();
    await publishSettings(shop, aShopify().deps);

    expect(await settings.publishState(shop)).toEqual({
      publishedVersion: 3,
      webPixelId: "gid://shopify/WebPixel/1",
      problem: null,
    });
    expect(await database.prisma.shop.findUnique({ where: { domain: shop } })).toMatchObject({
      name: "Example",
      currency: "EUR",
      timezone: "Europe/Berlin",
      plan: "Basic",
    });
  });

  test("a second time updates the same web pixel", async () => {
    const shop = await anInstalledShop();
    const shopify = aShopify();
    await publishSettings(shop, shopify.deps);
    await publishSettings(shop, shopify.deps);

    expect(shopify.sent.filter(({ operation }) => operation.includes("webPixelCreate"))).toHaveLength(1);
    expect(shopify.variablesOf("webPixelUpdate")).toMatchObject({ id: "gid://shopify/WebPixel/1" });
  });

  test("creates the web pixel again if the stored one is gone", async () => {
    const shop = await anInstalledShop();
    await settings.markPublished(shop, { version: 1, webPixelId: "gid://shopify/WebPixel/999", replaces: 0 });
    expect(await publishSettings(shop, aShopify().deps)).toMatchObject({
      kind: "published",
      webPixelId: "gid://shopify/WebPixel/1",
    });
  });

  test("takes over an existing web pixel that is not stored", async () => {
    const shop = await anInstalledShop();
    const shopify = aShopify({ webPixel: "gid://shopify/WebPixel/7" });
    expect(await publishSettings(shop, shopify.deps)).toMatchObject({
      kind: "published",
      webPixelId: "gid://shopify/WebPixel/7",
    });
  });

  test("a paused pixel is not served, and a shop without pixels disables the theme embed", async () => {
    const shop = await anInstalledShop();
    const [pixel] = (await settings.profile(shop))?.pixels ?? [];
    await settings.setState(shop, pixel?.id ?? "", "paused", "holiday");
    const shopify = aShopify();
    await publishSettings(shop, shopify.deps);

    expect(JSON.stringify(shopify.variablesOf("metafieldsSet"))).toContain('\\"pixels\\":[]');
    expect(shopify.variablesOf("metafieldsSet")).toMatchObject({
      metafields: [{}, { key: "enabled", value: "false" }],
    });
  });

  const noExtension: AdminAnswer = {
    kind: "answered",
    data: {
      webPixelCreate: {
        webPixel: null,
        userErrors: [{ field: null, message: "No extension found.", code: "NO_EXTENSION" }],
      },
    },
  };
  const tooLong: AdminAnswer = {
    kind: "answered",
    data: {
      metafieldsSet: {
        metafields: null,
        userErrors: ["Value", "Key"].map((name) => ({
          field: null,
          message: `${name} is too long.`,
          code: "TOO_LONG",
        })),
      },
    },
  };
  test.each([
    ["TandemCreateWebPixel", noExtension, "no-web-pixel"],
    ["TandemPublishMetafields", { kind: "refused", status: 403, message: "Shopify forbids this" }, "forbidden"],
    ["TandemPublishMetafields", { kind: "refused", status: 401, message: "401" }, "request-refused: 401"],
    ["TandemPublishMetafields", { kind: "refused", status: 200, message: "Access denied." }, "refused: Access denied."],
    ["TandemPublishMetafields", tooLong, "refused: Value is too long. Key is too long."],
    ["TandemShopFacts", { kind: "unavailable", message: "Shopify answered 503." }, "unavailable"],
  ] as const)(
    "where Shopify refuses %s, the reason is kept as a code with its words, and nothing counts as published",
    async (name, refusal, why) => {
      const shop = await anInstalledShop();
      const outcome = await publishSettings(shop, aShopify({ refusals: { [name]: refusal } }).deps);

      expect(outcome).toEqual({ kind: "shopify-refused", problem: why });
      expect(await settings.publishState(shop)).toEqual({
        publishedVersion: 0,
        webPixelId: null,
        problem: why,
      });

      await publishSettings(shop, aShopify().deps);
      expect(await settings.publishState(shop)).toMatchObject({ problem: null });
    },
  );

  test("makes no request for a shop without the app", async () => {
    const shop = await anInstalledShop();
    await settings.markUninstalled(shop);
    const shopify = aShopify();
    expect(await publishSettings(shop, shopify.deps)).toEqual({ kind: "not-installed" });
    expect(shopify.sent).toEqual([]);

    const connected = await anInstalledShop();
    expect(await publishSettings(connected, { ...shopify.deps, admin: async () => null })).toEqual({
      kind: "not-installed",
    });
    expect(await settings.publishState(connected)).toMatchObject({ problem: null });
  });
});
