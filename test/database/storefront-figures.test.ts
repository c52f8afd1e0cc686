import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import type { Settlement } from "../../app/outbox/types.ts";
import { makeStorefrontDays } from "../../app/privacy/storefront-days.server.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { after, aScene, claimAs, NOON, type Scene } from "../support/store-scenes.ts";
import { visit } from "./visit-scene.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ALWAYS = { from: "2025-01-01", until: "2126-12-31" };
const DELIVERED: Settlement = { kind: "delivered" };

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("daily figures of storefront events on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  async function aShop() {
    const scene = await aScene(database);
    return { ...scene, scene, pixels: [await scene.pixel(), await scene.pixel()] as const };
  }
  const claim = ({ store }: Pick<Scene, "store">, pixel: string, now = NOON) =>
    store.claim(pixel, claimAs(`worker ${pixel}`, { now, until: new Date(now.getTime() + MINUTE) }));
  async function settle(scene: Scene, pixel: string, settlement: Settlement, now = NOON): Promise<void> {
    const claims = await claim(scene, pixel, now);
    await scene.store.settle(
      claims.map((one) => ({ claim: one, settlement, traceId: null, attemptIds: [] })),
      now,
    );
  }
  const eventsOf = (shop: Scene["shop"]) => createDailyFigures(database.prisma).events(shop, ALWAYS);
  const states = async (shop: Scene["shop"]) =>
    (await eventsOf(shop)).map(({ outcome, reason, events }) => [outcome, reason, events]);

  test("have their keys, legs and delay, once the last pixel has got them", async () => {
    const { scene, shop, pixels } = await aShop();
    const now = new Date();
    await visit({ scene, to: pixels, atMs: now.getTime() - NOON.getTime() - 40 * MINUTE, count: 3 });
    await settle(scene, pixels[0], DELIVERED, now);
    expect(await eventsOf(shop)).toEqual([]);
    await settle(scene, pixels[1], DELIVERED, now);

    const delays = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0];
    const [figure, ...others] = await eventsOf(shop);
    expect(others).toEqual([]);
    expect(figure).toMatchObject({ eventName: "ViewContent", outcome: "delivered", legs: "server", events: 3, delays });
    expect(figure?.keys).toMatchObject({ em: 3, ua: 3, ph: 0 });
    const ofPixels = await createDailyFigures(database.prisma).pixels(shop, ALWAYS);
    expect(ofPixels.map(({ pixelId, events }) => [pixelId, events])).toEqual([...pixels].sort().map((id) => [id, 3]));
  });

  test("say what became of an event that one pixel got and the other refused, or that none got", async () => {
    const { scene, shop, pixels } = await aShop();
    await visit({ scene, to: pixels, atMs: 0, count: 2 });
    await settle(scene, pixels[0], { kind: "refused", reason: "bad" });
    await settle(scene, pixels[1], { kind: "retry", at: after(MINUTE), reason: "soon" });
    expect(await states(shop)).toEqual([]);
    await settle(scene, pixels[1], DELIVERED, after(2 * MINUTE));
    expect(await states(shop)).toEqual([["delivered", null, 2]]);

    await visit({ scene, to: pixels, atMs: 0, first: 3, count: 4 });
    await settle(scene, pixels[0], { kind: "expired", reason: "old" });
    await settle(scene, pixels[1], { kind: "refused", reason: "bad" });
    expect(await states(shop)).toEqual([
      ["delivered", null, 2],
      ["refused", "bad", 4],
    ]);
    expect(await storedFigures(database.prisma, shop)).toEqual(await recountedFigures(database.prisma, shop));
  });

  test("are exact when pixels end the same events at the same moment, and the shop uninstalls meanwhile", async () => {
    for (const round of Array.from({ length: 12 }, (_one, n) => n)) {
      const { scene, shop, store, pixels } = await aShop();
      await visit({ scene, to: pixels, atMs: 0, count: 30 });
      // Every third round has events that are deliveries by then.
      if (round % 3 === 2) await settle(scene, pixels[0], { kind: "retry", at: after(1), reason: "soon" });
      const lists = await Promise.all(pixels.map((pixel) => claim(scene, pixel, after(1_000))));
      await Promise.all([
        ...lists.map((claims, n) =>
          store.settle(
            claims.map((one, k) => ({
              claim: one,
              settlement: k % 5 === n ? ({ kind: "refused", reason: "bad" } as const) : DELIVERED,
              ...{ traceId: null, attemptIds: [] },
            })),
            NOON,
          ),
        ),
        ...(round % 2 === 0 ? [] : [store.withholdShop(shop, "app-uninstalled", NOON)]),
        ...(round % 4 === 2 ? [store.abandonPixel(pixels[1], "pixel-disconnected", NOON)] : []),
      ]);
      const sum = (await eventsOf(shop)).reduce((all, { events }) => all + events, 0);
      expect(sum, `round ${round}`).toBe(30);
      expect(await storedFigures(database.prisma, shop)).toEqual(await recountedFigures(database.prisma, shop));
    }
  });

  test("have an event once that comes again days later and ends as it did before", async () => {
    const { scene, shop, store, pixels } = await aShop();
    for (const [n, atMs] of [0, 2 * DAY].entries()) {
      await visit({ scene, to: [pixels[0]], atMs, count: 1 });
      await store.withholdShop(shop, "app-uninstalled", after(atMs));
      const sum = (await eventsOf(shop)).reduce((all, { events }) => all + events, 0);
      expect(sum).toBe(n + 1);
    }
  });

  test("stay when the days are dropped, and what still waited then has expired", async () => {
    const { scene, shop, pixels } = await aShop();
    await makeStorefrontDays(database.prisma, after(-15 * DAY));
    await visit({ scene, to: [pixels[0]], atMs: -15 * DAY, count: 3 });
    await settle(scene, pixels[0], DELIVERED, after(-15 * DAY));
    await visit({ scene, to: pixels, atMs: -15 * DAY, first: 4, count: 2 });
    await retire(database.prisma, { days: KEEP_DAYS, now: NOON, batch: 2 });

    expect(await database.prisma.storefrontEvent.count({ where: { shop } })).toBe(0);
    expect(await states(shop)).toEqual([
      ["delivered", null, 3],
      ["expired", "too-old", 2],
    ]);
  });
});
