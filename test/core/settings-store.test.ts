import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Database, openDatabase } from "../../app/db.server.ts";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { migrate } from "../../app/migrate.server.ts";
import { createSealer } from "../../app/sealing.server.ts";
import { createSettingsStore, type SettingsStore } from "../../app/settings/settings-store.server.ts";

let database: Database;
let clock = new Date("2026-11-23T10:00:00Z");
let shops = 0;
const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);

beforeAll(async () => {
  database = await openDatabase({ url: undefined, dataDir: "memory://" });
  await migrate(database);
}, 60_000);
afterAll(() => database.close());

const storeOf = (): SettingsStore => createSettingsStore(database.prisma, { sealer, now: () => clock });

function aShop(): ShopDomain {
  const shop = shopDomain(`shop-${++shops}.myshopify.com`);
  if (shop === null) throw new Error("not a shop domain");
  return shop;
}

const PIXEL = { pixelId: "1234567890123456", token: "EAAB-the-token", testEventCode: null };

describe("a shop", () => {
  test("begins with version 1 of the default settings and an unguessable key", async () => {
    const store = storeOf();
    const [one, two] = [await store.ensureShop(aShop(), "install"), await store.ensureShop(aShop(), "install")];

    expect(one).toMatchObject({ installed: true, destinations: [] });
    expect(one.settings).toEqual({
      shop: one.shop, version: 1, purchaseTrigger: "paid", valueBasis: "subtotal", contentId: "variant_id",
      contentCountry: "US", storefrontMode: "pixel", contextWaitSeconds: 90,
    });
    expect(one.ingestKey).toMatch(/^[\w-]{24}$/);
    expect(two.ingestKey).not.toBe(one.ingestKey);
  });

  test("keeps its key, its settings and one row when it is made again, also ten times at once", async () => {
    const store = storeOf();
    const shop = aShop();
    const made = await Promise.all(Array.from({ length: 10 }, () => store.ensureShop(shop, "install")));
    await store.save(shop, { valueBasis: "total" }, "owner");

    const again = await store.ensureShop(shop, "install");

    expect(new Set(made.map((profile) => profile.ingestKey))).toEqual(new Set([again.ingestKey]));
    expect(again.settings).toMatchObject({ version: 2, valueBasis: "total" });
  });

  test("is found by its key, and nobody by another", async () => {
    const store = storeOf();
    const { shop, ingestKey } = await store.ensureShop(aShop(), "install");

    for (const reading of [1, 2, 3]) {
      expect(await store.profileByIngestKey(ingestKey), `reading ${reading}`).toMatchObject({ shop });
    }
    expect(await store.profileByIngestKey("unknown")).toBeNull();
    expect(await store.profile(aShop())).toBeNull();
  });

  test("is listed with its pixels", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    await store.connect(shop, PIXEL);
    expect(await store.list()).toContainEqual(expect.objectContaining({ shop, destinations: [expect.objectContaining({ pixelId: PIXEL.pixelId })] }));
  });
});

describe("settings", () => {
  test("each save is a new version that changes only what was said", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");

    const second = await store.save(shop, { contextWaitSeconds: 0 }, "owner");
    const third = await store.save(shop, { purchaseTrigger: "placed" }, "owner");

    expect(second).toMatchObject({ version: 2, contextWaitSeconds: 0, purchaseTrigger: "paid" });
    expect(third).toMatchObject({ version: 3, contextWaitSeconds: 0, purchaseTrigger: "placed" });
    expect(await database.prisma.settings.findMany({ where: { shop }, orderBy: { version: "asc" } })).toMatchObject([
      { version: 1, contextWaitSeconds: 90 }, { version: 2, savedBy: "owner" }, { version: 3 },
    ]);
  });

  test("saves at the same moment lose nothing", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");

    const saved = await Promise.all([
      store.save(shop, { valueBasis: "total" }, "a"),
      store.save(shop, { contentId: "sku" }, "b"),
      store.save(shop, { purchaseTrigger: "placed" }, "c"),
    ]);

    expect(saved.map((settings) => settings.version).sort()).toEqual([2, 3, 4]);
    expect((await store.profile(shop))?.settings)
      .toMatchObject({ version: 4, valueBasis: "total", contentId: "sku", purchaseTrigger: "placed" });
  });

  test("cannot be saved for a shop that nobody made", async () => {
    await expect(storeOf().save(aShop(), {}, "owner")).rejects.toThrow(/not known/);
  });
});

describe("the kept profile", () => {
  test("shows this process's own writes at once, and another's after two seconds", async () => {
    const [here, elsewhere] = [storeOf(), storeOf()];
    const { shop } = await here.ensureShop(aShop(), "install");
    expect((await elsewhere.profile(shop))?.settings.version).toBe(1);

    await here.save(shop, { valueBasis: "total" }, "owner");

    expect((await here.profile(shop))?.settings.version).toBe(2);
    expect((await elsewhere.profile(shop))?.settings.version).toBe(1);
    clock = new Date(clock.getTime() + 2_000);
    expect((await elsewhere.profile(shop))?.settings.version).toBe(2);
  });
});

describe("a pixel's token", () => {
  test("is sealed in the database and never part of a profile", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    const destination = await store.connect(shop, PIXEL);

    const row = await database.prisma.destination.findUniqueOrThrow({ where: { id: destination.id } });
    expect(row.sealedToken).toMatch(/^sealed:v1:k1:/);
    expect(JSON.stringify([row, destination, await store.profile(shop)])).not.toContain(PIXEL.token);
    expect(await store.tokenOf(shop, destination.id)).toBe(PIXEL.token);
  });

  test("is another shop's secret: its id opens nothing there", async () => {
    const store = storeOf();
    const [mine, theirs] = [await store.ensureShop(aShop(), "install"), await store.ensureShop(aShop(), "install")];
    const destination = await store.connect(theirs.shop, PIXEL);

    expect(await store.tokenOf(mine.shop, destination.id)).toBeNull();
    await store.setState(mine.shop, destination.id, "paused", "not mine");
    expect(await store.disconnect(mine.shop, PIXEL.pixelId)).toBe(false);
    expect((await store.profile(theirs.shop))?.destinations).toMatchObject([{ state: "active", hasToken: true }]);
  });

  test("stays when the pixel is saved without one, and mends a blocked pixel when it is replaced", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    await store.setState(shop, id, "blocked", "the token is dead");
    expect((await store.profile(shop))?.destinations).toMatchObject([{ state: "blocked", stateReason: "the token is dead" }]);

    expect(await store.connect(shop, { ...PIXEL, token: null, testEventCode: "TEST1" })).toEqual({
      id, shop, pixelId: PIXEL.pixelId, hasToken: true, testEventCode: "TEST1", state: "active", stateReason: null,
    });
    expect(await store.tokenOf(shop, id)).toBe(PIXEL.token);
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    expect(await store.tokenOf(shop, id)).toBe("EAAB-another");
  });

  test("does not open in another pixel's row", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    const first = await store.connect(shop, PIXEL);
    const second = await store.connect(shop, { ...PIXEL, pixelId: "22222222", token: "EAAB-second" });
    const { sealedToken } = await database.prisma.destination.findUniqueOrThrow({ where: { id: first.id } });
    await database.prisma.destination.update({ where: { id: second.id }, data: { sealedToken } });

    await expect(store.tokenOf(shop, second.id)).rejects.toThrow(/another place/);
  });
});

describe("what the browser is told", () => {
  test("is out of date whenever the list of served pixels changed, and only then", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    const version = async () => (await store.profile(shop))?.settings.version;

    const { id } = await store.connect(shop, PIXEL);
    expect(await version()).toBe(2);
    await store.connect(shop, { ...PIXEL, token: "EAAB-another" });
    await store.setState(shop, id, "blocked", "the token is dead");
    expect(await version()).toBe(2);
    await store.setState(shop, id, "paused", "holiday");
    expect(await version()).toBe(3);
    await store.setState(shop, id, "active", null);
    expect(await version()).toBe(4);
    await store.disconnect(shop, PIXEL.pixelId);
    expect(await version()).toBe(5);
  });

  test("is remembered with the version that Shopify has", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    expect(await store.publishState(shop)).toEqual({ publishedVersion: 0, webPixelId: null, problem: null });

    await store.markPublishProblem(shop, "Shopify said no");
    expect(await store.publishState(shop)).toMatchObject({ problem: "Shopify said no" });
    await store.markPublished(shop, 1, "gid://shopify/WebPixel/1");
    expect(await store.publishState(shop)).toEqual({ publishedVersion: 1, webPixelId: "gid://shopify/WebPixel/1", problem: null });
  });
});

describe("the shop's own country", () => {
  const facts = { name: "Shop", currency: "EUR", timezone: "Europe/Berlin", plan: "Basic" };

  test("is the catalogue's first guess", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    await store.connect(shop, PIXEL);
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });

    expect((await store.profile(shop))?.settings).toMatchObject({ contentCountry: "DE", version: 3 });
    expect(await database.prisma.shop.findUnique({ where: { domain: shop } })).toMatchObject(facts);
  });

  test("never overrules what the merchant saved", async () => {
    const store = storeOf();
    const { shop } = await store.ensureShop(aShop(), "install");
    await store.save(shop, { contentCountry: "US" }, "owner");
    await store.recordShop(shop, { ...facts, contentCountry: "DE" });

    expect((await store.profile(shop))?.settings).toMatchObject({ contentCountry: "US", version: 2 });
  });
});

describe("an uninstalled shop", () => {
  test("keeps no token and no session, twice over, and comes back with its settings", async () => {
    const store = storeOf();
    const { shop, ingestKey } = await store.ensureShop(aShop(), "install");
    const { id } = await store.connect(shop, PIXEL);
    await store.markPublished(shop, 1, "gid://shopify/WebPixel/1");
    await database.prisma.session.create({ data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" } });

    await store.markUninstalled(shop);
    await store.markUninstalled(shop);

    expect(await store.profile(shop)).toMatchObject({ installed: false, destinations: [{ hasToken: false }] });
    expect(await store.tokenOf(shop, id)).toBeNull();
    expect(await store.publishState(shop)).toMatchObject({ publishedVersion: 0, webPixelId: null });
    expect(await database.prisma.session.count({ where: { shop } })).toBe(0);
    expect(await store.ensureShop(shop, "install")).toMatchObject({ installed: true, ingestKey });
  });
});

describe("an erased shop", () => {
  test("leaves no row in any table, and others keep theirs", async () => {
    const store = storeOf();
    const [shop, other] = [aShop(), aShop()];
    const tables = await tablesWithAShop();
    for (const domain of [shop, other]) await fillEveryTable(domain, store);
    for (const table of tables) expect(await rowsOf(table, shop), table).toBeGreaterThan(0);

    await store.eraseShop(shop);

    for (const table of tables) {
      expect(await rowsOf(table, shop), table).toBe(0);
      expect(await rowsOf(table, other), table).toBeGreaterThan(0);
    }
    expect(await store.profile(shop)).toBeNull();
    expect(await store.profile(other)).not.toBeNull();
  });
});

type Table = { readonly name: string; readonly column: string };

async function tablesWithAShop(): Promise<string[]> {
  const found = await database.prisma.$queryRaw<Table[]>`
    select table_name::text as name, column_name::text as column from information_schema.columns
    where table_schema = 'public' and (column_name = 'shop' or (table_name = 'shop' and column_name = 'domain'))`;
  expect(found.length).toBeGreaterThanOrEqual(10);
  return found.map(({ name, column }) => `${name}.${column}`);
}

async function rowsOf(table: string, shop: ShopDomain): Promise<number> {
  const [name = "", column = ""] = table.split(".");
  const [row] = await database.prisma.$queryRawUnsafe<{ count: number }[]>(
    `select count(*)::int as count from "${name}" where "${column}" = $1`,
    shop,
  );
  return row?.count ?? -1;
}

async function fillEveryTable(shop: ShopDomain, store: SettingsStore): Promise<void> {
  const { prisma } = database;
  await store.ensureShop(shop, "install");
  const { id: destinationId } = await store.connect(shop, PIXEL);
  const event = { shop, eventName: "Purchase", eventId: "purchase.x.1" };
  await prisma.session.create({ data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed" } });
  await prisma.event.create({
    data: { ...event, eventTime: clock, origin: "webhook", settingsVersion: 1, state: "queued", body: {}, orderId: "1" },
  });
  await prisma.delivery.create({ data: { ...event, destinationId, eventTime: clock } });
  await prisma.attempt.create({
    data: { shop, destinationId, startedAt: clock, durationMs: 1, events: 1, verdict: "accepted" },
  });
  await prisma.browserContext.create({ data: { shop, orderId: "1", receipt: {} } });
  await prisma.webhookReceipt.create({ data: { shop, topic: "orders/paid", webhookId: "1" } });
  await prisma.quarantine.create({
    data: { shop, topic: "orders/paid", webhookId: "1", problem: "not-json", detail: "", sealedBody: "" },
  });
}
