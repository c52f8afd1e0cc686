import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { queueAge } from "../../app/outbox/queue-age.server.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { makeStorefrontDays } from "../../app/privacy/storefront-days.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recordedDeliveries, recordedEvents } from "../support/recorded.ts";
import { after, aScene, claimAs, NOON } from "../support/store-scenes.ts";
import { aVisit, visit, visitId, visitStates } from "./visit-scene.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("storefront events on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  async function aShop() {
    const scene = await aScene(database);
    return { ...scene, scene, id: await scene.pixel() };
  }

  test("are written once: their row, and a row for each pixel that has to get them", async () => {
    const { scene, id } = await aShop();
    const other = await scene.pixel("blocked");
    const [added] = await visit({ scene, to: [id, other], atMs: 0, count: 1 });

    expect(added).toEqual({ due: false, added: [{ outcome: "added", isDecided: true, queued: [id] }] });
    expect(await database.prisma.storefrontEvent.findMany({ where: { shop: scene.shop } })).toHaveLength(1);
    expect(await visitStates(scene)).toEqual({ queued: 1, held: 1 });
    expect((await recordedEvents(database, scene.shop))[0]?.state).toBe("queued");
    expect(await database.prisma.event.count({ where: { shop: scene.shop } })).toBe(0);
    expect((await queueAge(database.prisma, after(90_000))).deliver_s).toBe(90);
    const { deliveries } = await createDailyFigures(database.prisma).open(scene.shop);
    expect(deliveries.map(({ state, events }) => [state, events]).sort()).toEqual([
      ["held", 1],
      ["queued", 1],
    ]);
  });

  test.each([
    ["at once", 0, 0],
    ["word for word a minute later, after midnight", 12 * HOUR - 30_000, 12 * HOUR + 30_000],
    ["word for word the next day", 0, 20 * HOUR],
    ["made anew with a slightly earlier time, before midnight", 12 * HOUR + 1_000, 12 * HOUR - 1_000],
  ])("that come again are counted once: %s", async (_how, firstMs, secondMs) => {
    const { scene, id } = await aShop();
    await visit({ scene, to: [id], atMs: firstMs, count: 1 });
    const [again] = await visit({ scene, to: [id], atMs: secondMs, count: 1 });

    expect(again?.added).toEqual([{ outcome: "already-there", isDecided: false, queued: [] }]);
    expect(await recordedEvents(database, scene.shop)).toHaveLength(1);
    expect(await visitStates(scene)).toEqual({ queued: 1 });
  });

  test("that come again at the same moment are counted once", async () => {
    const { scene, id } = await aShop();
    const posted = aVisit(1, { scene, to: [id], atMs: 0 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => scene.store.addPosted([posted])));

    expect(answers.filter(({ added }) => added[0]?.outcome === "added")).toHaveLength(1);
    expect(await visitStates(scene)).toEqual({ queued: 1 });
  });

  test("that an older version has written to the other table are there already, and are delivered from it", async () => {
    const { scene, id, store } = await aShop();
    const posted = aVisit(1, { scene, to: [id], atMs: 0 });
    await store.add(posted.event, null);
    if (posted.decision) await store.decide([posted.decision], NOON);

    expect((await store.addPosted([posted])).added).toMatchObject([{ outcome: "already-there" }]);
    expect(await store.claim(id, claimAs("one"))).toMatchObject([{ eventId: visitId(1), isOnly: true }]);
  });

  test("of a disconnected pixel are refused, and one that another pixel got stays delivered", async () => {
    const { scene, id, store } = await aShop();
    const other = await scene.pixel();
    await visit({ scene, to: [id, other], atMs: 0, count: 2 });
    const claims = await store.claim(other, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: null, attemptIds: [] }) as const),
      NOON,
    );
    await visit({ scene, to: [id], atMs: 0, first: 3, count: 1 });
    expect(await store.abandonPixel(id, "pixel-disconnected", NOON)).toBe(3);

    const events = await recordedEvents(database, scene.shop);
    expect(events.map(({ eventId, state, reason }) => [eventId, state, reason])).toEqual([
      [visitId(1), "delivered", null],
      [visitId(2), "delivered", null],
      [visitId(3), "refused", "pixel-disconnected"],
    ]);
    expect(await visitStates(scene)).toEqual({ delivered: 2, refused: 3 });
  });

  test("of a shop that uninstalls are withheld, without personal data, and a worker's late word is lost", async () => {
    const { scene, id, store } = await aShop();
    const other = await scene.pixel();
    await visit({ scene, to: [id, other], atMs: 0, count: 2 });
    const [first, second] = await store.claim(id, claimAs("one"));
    if (!first || !second) throw new Error("two events were queued");
    const delivered = { settlement: { kind: "delivered" }, traceId: null, attemptIds: [] } as const;
    await store.settle([{ claim: first, ...delivered }], NOON);
    expect(await store.withholdShop(scene.shop, "app-uninstalled", after(1))).toBe(2);

    const events = await recordedEvents(database, scene.shop);
    expect(events.map(({ state, reason }) => [state, reason])).toEqual([
      ["delivered", "app-uninstalled"],
      ["withheld", "app-uninstalled"],
    ]);
    for (const { body } of events) {
      expect(body).toMatchObject({ user_data: {} });
      expect(body).not.toHaveProperty("event_source_url");
    }
    expect(await visitStates(scene)).toEqual({ delivered: 1, refused: 3 });
    expect(await store.settle([{ claim: second, ...delivered }], after(2))).toEqual({ settled: 0, lost: 1 });
    expect(await store.withholdShop(scene.shop, "app-uninstalled", after(3))).toBe(0);
  });

  test("that are withheld because Meta would count them twice lose their personal data with the last pixel", async () => {
    const { scene, id, store } = await aShop();
    const other = await scene.pixel();
    await visit({ scene, to: [id, other], atMs: 0, count: 1 });
    for (const [pixel, userData] of [
      [id, expect.objectContaining({ client_user_agent: "Mozilla/5.0" }) as unknown],
      [other, {}],
    ] as const) {
      const settlement = { kind: "withheld", reason: "dedup-window-passed" } as const;
      const claims = await store.claim(pixel, claimAs("one"));
      await store.settle(
        claims.map((claim) => ({ claim, settlement, traceId: null, attemptIds: [] })),
        NOON,
      );
      expect((await recordedEvents(database, scene.shop))[0]?.body["user_data"]).toEqual(userData);
    }
    expect(await recordedEvents(database, scene.shop)).toMatchObject([
      { state: "withheld", reason: "dedup-window-passed" },
    ]);
  });

  test("are kept for their days and then dropped whole, with what is left of them elsewhere; others stay", async () => {
    const { scene, id, store, shop } = await aShop();
    await makeStorefrontDays(database.prisma, after(-15 * DAY));
    await makeStorefrontDays(database.prisma, NOON);
    expect(await makeStorefrontDays(database.prisma, NOON)).toBe(0);
    await visit({ scene, to: [id], atMs: -15 * DAY, count: 3 });
    // A day without a partition.
    await visit({ scene, to: [id], atMs: -400 * DAY, first: 10, count: 2 });
    const claims = await store.claim(id, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "refused", reason: "bad" }, traceId: null, attemptIds: [] })),
      NOON,
    );
    await visit({ scene, to: [id], atMs: -15 * DAY, first: 4, count: 1 });
    await visit({ scene, to: [id], atMs: -13 * DAY, first: 5, count: 1 });
    await scene.queued(1, [id]);
    await retire(database.prisma, { days: KEEP_DAYS, now: NOON, batch: 2 });

    expect((await recordedEvents(database, shop)).map(({ eventName }) => eventName)).toEqual([
      "Purchase",
      "ViewContent",
    ]);
    expect((await recordedDeliveries(database, shop)).map(({ state }) => state)).toEqual(["queued", "queued"]);
    expect(await database.prisma.storefrontQueue.count({ where: { pixel: id } })).toBe(1);
    const days = await database.prisma.$queryRaw<{ name: string }[]>`
      select relname as name from pg_inherits join pg_class on oid = inhrelid
      where inhparent = 'storefront_event'::regclass and relname < 'storefront_event_20261106' order by 1`;
    expect(days).toEqual([]);
  });

  test("lose their personal data earlier where that is kept for a shorter time", async () => {
    const { scene, id, store } = await aShop();
    await visit({ scene, to: [id], atMs: -5 * DAY, count: 2 });
    const [first] = await store.claim(id, claimAs("one", { limit: 1 }));
    if (!first) throw new Error("two events were queued");
    await store.settle([{ claim: first, settlement: { kind: "delivered" }, traceId: null, attemptIds: [] }], NOON);
    await retire(database.prisma, { days: { ...KEEP_DAYS, bodies: 3 }, now: NOON });

    const [ended, waiting] = await recordedEvents(database, scene.shop);
    expect(ended?.body).toMatchObject({ user_data: {}, custom_data: { value: 5 } });
    expect(ended?.body).not.toHaveProperty("event_source_url");
    // It still has to be sent.
    expect(waiting?.body["user_data"]).not.toEqual({});
  });

  test("of a day without a partition are taken, sent and found as others are", async () => {
    const { scene, id, store, shop } = await aShop();
    await visit({ scene, to: [id], atMs: 900 * DAY, count: 2 });
    const far = after(900 * DAY + 60_000);
    expect(await store.claim(id, claimAs("one", { now: far, until: after(901 * DAY) }))).toHaveLength(2);
    expect(await createEventLog(database.prisma).detail(shop, "ViewContent", visitId(1))).toMatchObject({
      state: "queued",
    });
  });
});
