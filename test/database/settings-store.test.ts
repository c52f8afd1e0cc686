import { describe, expect, test } from "vitest";

import { DEFAULT_SETTINGS } from "../../app/settings/default-settings.ts";
import { PIXEL, settingsScene } from "../support/settings-scene.ts";

const scene = settingsScene();

describe("a shop", () => {
  test("begins with version 1 of the default settings and an unguessable key", async () => {
    const store = scene.store();
    const [one, two] = [
      await store.ensureShop(scene.aShop(), "install"),
      await store.ensureShop(scene.aShop(), "install"),
    ];

    expect(one).toMatchObject({ installed: true, pixels: [] });
    expect(one.settings).toEqual({ shop: one.shop, version: 1, ...DEFAULT_SETTINGS });
    expect(one.ingestKey).toMatch(/^[\w-]{24}$/);
    expect(two.ingestKey).not.toBe(one.ingestKey);
  });

  test("keeps its key, its settings and one row when created again, also ten times at once", async () => {
    const store = scene.store();
    const shop = scene.aShop();
    const made = await Promise.all(Array.from({ length: 10 }, () => store.ensureShop(shop, "install")));
    await store.save(shop, { valueBasis: "total" }, "owner");

    const again = await store.ensureShop(shop, "install");

    expect(new Set(made.map((profile) => profile.ingestKey))).toEqual(new Set([again.ingestKey]));
    expect(again.settings).toMatchObject({ version: 2, valueBasis: "total" });
  });

  test("is found by its key only", async () => {
    const store = scene.store();
    const { shop, ingestKey } = await store.ensureShop(scene.aShop(), "install");

    for (const reading of [1, 2, 3]) {
      expect(await store.profileByIngestKey(ingestKey), `reading ${reading}`).toMatchObject({ shop });
    }
    expect(await store.profileByIngestKey("unknown")).toBeNull();
    expect(await store.profile(scene.aShop())).toBeNull();
  });

  test("is listed with its pixels", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    await store.connect(shop, PIXEL);
    expect(await store.list()).toContainEqual(
      expect.objectContaining({ shop, pixels: [expect.objectContaining({ metaPixelId: PIXEL.metaPixelId })] }),
    );
  });
});

describe("settings", () => {
  test("the rule for events without an answer is stored, and stays when something else is saved", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    await store.save(shop, { noAnswer: ["US-CA", "BR"] }, "owner");
    await store.save(shop, { contextWaitSeconds: 0 }, "owner");
    expect((await store.profile(shop))?.settings).toMatchObject({ version: 3, noAnswer: ["US-CA", "BR"] });
  });

  test("each save is a new version that changes only the given fields", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");

    const second = await store.save(shop, { contextWaitSeconds: 0 }, "owner");
    const third = await store.save(shop, { purchaseTrigger: "placed" }, "owner");

    expect(second).toMatchObject({ version: 2, contextWaitSeconds: 0, purchaseTrigger: "paid" });
    expect(third).toMatchObject({ version: 3, contextWaitSeconds: 0, purchaseTrigger: "placed" });
    expect(
      await scene.database.prisma.settings.findMany({ where: { shop }, orderBy: { version: "asc" } }),
    ).toMatchObject([{ version: 1, contextWaitSeconds: 90 }, { version: 2, savedBy: "owner" }, { version: 3 }]);
  });

  test("saves at the same moment lose nothing", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");

    const saved = await Promise.all([
      store.save(shop, { valueBasis: "total" }, "a"),
      store.save(shop, { contentId: "sku" }, "b"),
      store.save(shop, { purchaseTrigger: "placed" }, "c"),
    ]);

    expect(saved.map((settings) => settings.version).sort()).toEqual([2, 3, 4]);
    expect((await store.profile(shop))?.settings).toMatchObject({
      version: 4,
      valueBasis: "total",
      contentId: "sku",
      purchaseTrigger: "placed",
    });
  });

  test("cannot be saved for an unknown shop", async () => {
    await expect(scene.store().save(scene.aShop(), {}, "owner")).rejects.toThrow(/could not be saved/);
  });
});

describe("the cached profile", () => {
  test("shows this process's own writes at once, and another's after two seconds", async () => {
    const [here, elsewhere] = [scene.store(), scene.store()];
    const { shop } = await here.ensureShop(scene.aShop(), "install");
    expect((await elsewhere.profile(shop))?.settings.version).toBe(1);

    await here.save(shop, { valueBasis: "total" }, "owner");

    expect((await here.profile(shop))?.settings.version).toBe(2);
    expect((await elsewhere.profile(shop))?.settings.version).toBe(1);
    scene.clock = new Date(scene.clock.getTime() + 2_000);
    expect((await elsewhere.profile(shop))?.settings.version).toBe(2);
  });
});

describe("the shop's own country", () => {
  const facts = { name: "Shop", currency: "EUR", timezone: "Europe/Berlin", plan: "Basic" };

  test("is the catalog's first guess", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    await store.connect(shop, PIXEL);
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });

    expect((await store.profile(shop))?.settings).toMatchObject({ contentCountry: "DE", version: 3 });
    expect(await scene.database.prisma.shop.findUnique({ where: { domain: shop } })).toMatchObject(facts);
  });

  test("never overrules what the merchant saved", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "install");
    await store.save(shop, { contentCountry: "US" }, "owner");
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });

    expect((await store.profile(shop))?.settings).toMatchObject({ contentCountry: "US", version: 2 });
  });
});

describe("shops with outdated settings at Shopify", () => {
  test("are those with newer settings than published, as long as they can be reached", async () => {
    const store = scene.store();
    const { shop } = await store.ensureShop(scene.aShop(), "command line");
    const isBehind = async (savedBefore = new Date(8.64e15)) =>
      (await store.takeShopsBehind({ savedBefore, limit: 1_000, now: scene.clock })).includes(shop);
    expect(await isBehind()).toBe(false);

    await scene.database.prisma.session.create({
      data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" },
    });
    expect(await isBehind()).toBe(true);
    await store.markPublished(shop, { version: 1, webPixelId: "gid://shopify/WebPixel/1", replaces: 0 });
    expect(await isBehind()).toBe(false);
    await store.save(shop, { valueBasis: "total" }, "owner");
    expect(await isBehind()).toBe(true);
    expect(await isBehind(new Date(scene.clock.getTime() - 1))).toBe(false);
    await store.markUninstalled(shop);
    expect(await isBehind()).toBe(false);
  });

  test("take turns, so that shops that Shopify always refuses do not block others", async () => {
    const store = scene.store();
    const shops = [scene.aShop(), scene.aShop(), scene.aShop()];
    for (const shop of shops) {
      await store.ensureShop(shop, "install");
      await scene.database.prisma.session.create({
        data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" },
      });
    }
    const savedBefore = new Date(8.64e15);
    const aRound = (minute: number) =>
      store.takeShopsBehind({ savedBefore, limit: 2, now: new Date(scene.clock.getTime() + minute * 60_000) });

    // None of them is ever published.
    const [first, second, third] = [await aRound(1), await aRound(2), await aRound(3)];

    expect(new Set([...first, ...second])).toEqual(new Set(shops));
    expect(new Set([...second, ...third])).toEqual(new Set(shops));
  });
});
