import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import type { DailyFigure } from "../../app/ledger/daily-figure-types.ts";
import { medianDelay_s } from "../../app/ledger/figure-delays.ts";
import { deleteOldFigures, foldFigures } from "../../app/ledger/keep-figures.server.ts";
import { sumFigures, totalOf } from "../../app/ledger/sum-figures.ts";
import type { Settlement } from "../../app/outbox/types.ts";
import { deleteShop } from "../../app/settings/shop-lifecycle.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { after, aScene, claimAs, NOON, type Scene } from "../support/store-scenes.ts";

const NOVEMBER = { from: "2026-11-01", until: "2026-11-30" };
const DAY_MS = 86_400_000;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("daily figures on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const figures = () => createDailyFigures(database.prisma);
  const settle = async ({ store }: Scene, pixel: string, settlement: Settlement, at: Date): Promise<void> => {
    const claims = await store.claim(pixel, claimAs("worker"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement, traceId: null, attemptIds: [] })),
      at,
    );
  };
  /** Two orders at noon: one arrives within half a minute, one is refused a minute later. */
  async function twoOrders() {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    await scene.queued(1, [pixel]);
    await settle(scene, pixel, { kind: "delivered" }, after(26_000));
    await scene.store.add(scene.event(2), null);
    await scene.store.decide([scene.send(2, [pixel])], NOON);
    await settle(scene, pixel, { kind: "refused", reason: "Meta refused it." }, after(60_000));
    return { ...scene, pixel };
  }

  test("say what became of the events of a shop, and of no other, before and after they are summed up", async () => {
    const [{ shop, store, receipt, pixel }] = [await twoOrders(), await twoOrders()];
    const common = { day: "2026-11-20", eventName: "Purchase", currency: "EUR", value: 12.3, events: 1, pixelId: null };
    const keys = { em: 1, ph: 0, fbp: 0, fbc: 0, external_id: 0, ip: 1, ua: 0 };
    const delays = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const none = { em: 0, ph: 0, fbp: 0, fbc: 0, external_id: 0, ip: 0, ua: 0 };
    const delivered = { ...common, outcome: "delivered", reason: null, legs: "server", keys, delays };
    const refused = { ...common, outcome: "refused", reason: "Meta refused it.", legs: "none", keys: none, delays: [] };
    for (const sumUp of [false, true]) {
      if (sumUp) await foldFigures(database.prisma);
      expect(await figures().events(shop, NOVEMBER)).toEqual([delivered, refused]);
      expect(await figures().pixels(shop, NOVEMBER)).toEqual([
        { ...delivered, pixelId: pixel, keys: none, legs: null, currency: null, value: 0 },
        { ...refused, pixelId: pixel, legs: null, currency: null, value: 0 },
      ]);
    }
    expect(await figures().events(shop, { from: "2026-11-21", until: "2026-11-30" })).toEqual([]);

    await store.addReceipt(receipt(1));
    await store.addReceipt(receipt(2, { data: { value: 1, currency: "EUR" } }));
    const legsOf = (all: readonly DailyFigure[]) => all.map(({ outcome, legs, events }) => [outcome, legs, events]);
    for (const sumUp of [false, true]) {
      if (sumUp) await foldFigures(database.prisma);
      expect(legsOf(await figures().events(shop, NOVEMBER))).toEqual([
        ["delivered", "both", 1],
        ["refused", "browser", 1],
      ]);
    }
    const all = await figures().events(shop, NOVEMBER);
    expect(totalOf(all)).toMatchObject({ events: 2, value: 24.6, keys: { em: 1 } });
    expect(sumFigures(all, ({ outcome }) => outcome).get("refused")?.events).toBe(1);
    expect(medianDelay_s(totalOf(all).delays)).toBe(25);
  });

  test("keep the keys of an event whose person is taken out of it later", async () => {
    const { shop } = await twoOrders();
    const before = await storedFigures(database.prisma, shop);
    await database.prisma.$executeRaw`
      update event set body = (body - 'event_source_url') || '{"user_data": {}}' where shop = ${shop}`;
    await database.prisma.event.deleteMany({ where: { shop } });
    await database.prisma.delivery.deleteMany({ where: { shop } });
    expect(await storedFigures(database.prisma, shop)).toEqual(before);
  });

  test("count what is open where it is", async () => {
    const { shop, store, event, pixel, send } = await twoOrders();
    await store.add(event(3), null);
    await store.add(event(4, { state: "waiting-for-payment", reason: "waiting-for-payment" }), null);
    await store.add(event(5), null);
    await store.decide([send(5, [pixel])], NOON);
    expect(await figures().open(shop)).toEqual({
      joining: 1,
      waiting: 1,
      orders: { onTheWay: 2, held: 0 },
      deliveries: [{ pixelId: pixel, state: "queued", events: 1, oldest: after(5_000) }],
    });
  });

  test("leave out test events and what became of them at each pixel", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    await scene.queued(1, [pixel]);
    await settle(scene, pixel, { kind: "delivered" }, after(26_000));
    const { store, event } = scene;
    const before = await storedFigures(database.prisma, scene.shop);
    const isTest = true;
    await store.add(event(3, { isTest }), null);
    await store.add(event(4, { isTest, state: "withheld", reason: "test-order" }), null);
    await store.add(event(5, { isTest, state: "waiting-for-payment", reason: "waiting-for-payment" }), null);
    await store.decide([scene.send(3, [pixel])], NOON);
    await settle(scene, pixel, { kind: "delivered" }, after(60_000));
    await store.addReceipt(scene.receipt(3));
    expect(await scene.row(3)).toMatchObject({ state: "delivered", isTest });
    expect(await scene.deliveries(3)).toMatchObject([{ state: "delivered", isTest }]);
    expect(await scene.row(4)).toMatchObject({ state: "withheld", isTest });
    expect(await storedFigures(database.prisma, scene.shop)).toEqual(before);
    expect(await recountedFigures(database.prisma, scene.shop)).toEqual(before);
  });

  test("tell orders that wait for the merchant from those on their way, each counted once", async () => {
    const scene = await aScene(database);
    const [sends, blocked] = [await scene.pixel(), await scene.pixel("blocked")];
    await scene.queued(1, [sends]);
    await scene.queued(2, [sends, blocked]);
    await scene.store.add(scene.event(3), null);
    expect((await figures().open(scene.shop)).orders).toEqual({ onTheWay: 2, held: 1 });
  });

  test("know the days on which the settings were saved", async () => {
    const { shop } = await aScene(database);
    await database.prisma.shop.update({ where: { domain: shop }, data: { timezone: "Asia/Tokyo" } });
    const times = ["2026-11-01T10:00:00Z", "2026-11-19T10:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T16:00:00Z"];
    for (const [n, savedAt] of times.entries()) {
      await database.prisma.settings.create({ data: { shop, version: n + 1, savedBy: "test", savedAt } });
    }
    expect(await figures().settingsMarks(shop, "2026-11-20")).toEqual([
      { day: "2026-11-20", version: 3 },
      { day: "2026-11-21", version: 4 },
    ]);
    expect(await figures().settingsMarks(shop, "2026-10-01")).toHaveLength(3);
  });

  test("have the shop's own days, and keep those that were counted before the shop moved", async () => {
    const scene = await aScene(database);
    const move = (timezone: string) =>
      database.prisma.shop.update({ where: { domain: scene.shop }, data: { timezone } });
    const add = (n: number, time: string) => {
      scene.at(new Date(time));
      const event = scene.event(n, { state: "withheld", reason: "test-order", time_s: Date.parse(time) / 1_000 });
      return scene.store.add(event, null);
    };
    const days = async () =>
      (await figures().events(scene.shop, { from: "2026-01-01", until: "2126-12-31" })).map(({ day }) => day);
    expect((await move("Asia/Tokyo")).timezoneSince).toBeNull();
    await add(1, "2026-03-01T15:00:00Z");
    expect(await days()).toEqual(["2026-03-02"]);

    const { timezoneBefore, timezoneSince } = await move("America/New_York");
    expect(timezoneBefore).toBe("Asia/Tokyo");
    await scene.store.addReceipt(scene.receipt(1));
    expect(await days()).toEqual(["2026-03-02"]);
    await add(2, "2126-03-02T03:00:00Z");
    expect(await days()).toEqual(["2026-03-02", "2126-03-01"]);
    expect(await figures().dayAt(scene.shop, new Date("2026-03-01T15:00:00Z"))).toBe("2026-03-02");
    expect(await figures().dayAt(scene.shop, new Date("2126-03-02T03:00:00Z"))).toBe("2126-03-01");

    // No day has begun in the time zone between.
    expect(await move("Europe/Berlin")).toMatchObject({ timezoneBefore, timezoneSince });
  });

  test("never stop an event, whatever a row or a shop holds", async () => {
    const { shop, prisma } = { ...(await aScene(database)), prisma: database.prisma };
    await prisma.shop.update({ where: { domain: shop }, data: { timezone: "Middle/Earth" } });
    const bodies = ["1", '"text"', "[]", "null", '{"user_data": 1, "custom_data": []}', ...ODD_SALES];
    for (const [n, body] of bodies.entries()) {
      await prisma.$executeRaw`
        insert into event (shop, event_name, event_id, event_time, origin, settings_version, state, body, browser_data,
          browser_leg, created_at, settled_at)
        values (${shop}, 'Purchase', ${String(n)}, ${TIMES[n % TIMES.length]}::timestamptz, 'webhook', 1, 'delivered',
          ${body}::jsonb, ${bodies.at(-n)}::jsonb, '{"sent": true}', ${NOON}::timestamptz, 'infinity')`;
      await prisma.$executeRaw`
        update event set browser_data = '{"content_ids": 5}', browser_leg = '[]', settled_at = '-infinity'
        where shop = ${shop} and event_id = ${String(n)}`;
    }
    const { events, value } = totalOf(await figures().events(shop, NOVEMBER));
    expect([events, value]).toEqual([bodies.length, 0]);
  });

  test("are deleted after 25 months, unless their events are kept for longer, in batches, and with their shop", async () => {
    const { shop } = await twoOrders();
    await foldFigures(database.prisma);
    await deleteOldFigures(database.prisma, { now: new Date("2028-12-20T12:00:00Z"), ledgerDays: 396 });
    const kept = await database.prisma.dailyFigure.count();
    expect(await database.prisma.dailyFigure.count({ where: { shop } })).toBe(4);
    const later = new Date(NOON.getTime() + 763 * DAY_MS);
    expect(await deleteOldFigures(database.prisma, { now: later, ledgerDays: 800 })).toBe(0);
    expect(await deleteOldFigures(database.prisma, { now: later, ledgerDays: 396, batch: 1 })).toBe(kept - OF_2126);
    expect(await database.prisma.dailyFigure.count()).toBe(OF_2126);

    const { shop: erased } = await twoOrders();
    await foldFigures(database.prisma);
    const scene = await twoOrders();
    await deleteShop(database.prisma, erased, []);
    await deleteShop(database.prisma, scene.shop, []);
    for (const gone of [shop, erased, scene.shop]) expect(await storedFigures(database.prisma, gone)).toEqual({});
  });
});

const ODD_SALES = [
  '{"custom_data": {"value": 1e300, "currency": 7}}',
  '{"custom_data": {"value": "1", "content_ids": {"a": 1}}}',
  '{"custom_data": {"value": null, "currency": null, "contents": []}}',
];
const TIMES = ["infinity", "-infinity", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"];

/** The event of the shop that moved. */
const OF_2126 = 1;
