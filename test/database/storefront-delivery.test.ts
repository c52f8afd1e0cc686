import { describe, expect, test } from "vitest";

import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { pgliteDatabase, postgresDatabase } from "../support/databases.ts";
import { recordedDeliveries, recordedEvents } from "../support/recorded.ts";
import { after } from "../support/store-scenes.ts";
import { deliveryWorld } from "./delivery-scene.ts";
import { visit, visitId, visitStates } from "./visit-scene.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ERROR_777 = {
  kind: "error",
  error: { code: 777_777, subcode: null, isTransient: false, traceId: null, blamed: [] },
} as const;
const POISON = { custom_data: { value: 5 } };

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("storefront events on %s", (_, makeDatabase) => {
  const { clock, meta, graph, database, scene } = deliveryWorld(makeDatabase);

  async function aShop() {
    const { scene: rows, pixel, shop, drain, queue, settings } = await scene();
    const { prisma } = database();
    return {
      ...{ rows, pixel, shop, drain, queue, settings },
      post: (count: number, changes?: Parameters<typeof visit>[1], first = 1) =>
        visit({ scene: rows, to: [pixel.id], atMs: clock.ms, first, count }, changes),
      states: () => visitStates(rows),
      waiting: () => prisma.storefrontQueue.findMany({ where: { pixel: pixel.id }, orderBy: { position: "asc" } }),
      lease: () => prisma.pixelLease.findUnique({ where: { pixel: pixel.id } }),
      log: createEventLog(prisma),
    };
  }
  const copies = () =>
    meta()
      .received()
      .map(({ serverCopies }) => serverCopies);

  test("are sent in one batch with the orders, leave nothing behind but themselves, and their page shows Meta's answer", async () => {
    const { post, queue, drain, states, waiting, lease, log, shop } = await aShop();
    await post(30);
    await queue(1, 2);
    expect(await states()).toEqual({ queued: 32 });
    await drain();

    expect(await states()).toEqual({ delivered: 32 });
    expect(
      meta()
        .requests()
        .map(({ events }) => events),
    ).toEqual([32]);
    expect(await waiting()).toEqual([]);
    expect(await lease()).toMatchObject({ holder: null, open: 0 });
    expect(await database().prisma.delivery.count({ where: { shop } })).toBe(2);
    const detail = await log.detail(shop, "ViewContent", visitId(7));
    expect(detail).toMatchObject({ state: "delivered", reason: null, origin: "collector", browserLeg: "skipped" });
    expect(detail?.consent).toMatchObject({ decision: "send", rule: "browser-granted", region: null });
    expect(detail?.deliveries).toMatchObject([{ state: "delivered", attempts: [{ verdict: "accepted", events: 32 }] }]);
    expect(detail?.deliveries[0]?.attempts[0]?.traceId).toEqual(expect.any(String));
    expect((await log.page(shop, { limit: 50 })).rows).toHaveLength(32);
    expect((await log.page(shop, { limit: 50, search: visitId(7) })).rows).toMatchObject([{ eventId: visitId(7) }]);
    expect((await log.page(shop, { limit: 50, eventName: "Purchase" })).rows).toHaveLength(2);
  });

  test("one that Meta refuses is refused alone, by name, and the others are delivered", async () => {
    const { post, drain, states, shop } = await aShop();
    await post(100, (n) => (n === 62 ? POISON : {}));
    await drain();

    expect(await states()).toEqual({ delivered: 99, refused: 1 });
    const refused = (await recordedEvents(database(), shop)).filter(({ state }) => state === "refused");
    expect(refused).toMatchObject([{ eventId: visitId(62), reason: expect.stringContaining("currency") as string }]);
    expect(copies().every((count) => count === 1)).toBe(true);
  });

  test("wait with their pixel while Meta is down, count the attempts, and go out in order", async () => {
    const { post, drain, states, waiting } = await aShop();
    meta().faults.set({ kind: "http500" });
    for (let minute = 0; minute < 10; minute += 1, clock.ms += MINUTE) {
      await post(10, undefined, minute * 10 + 1);
      await drain();
    }
    expect(await states()).toEqual({ queued: 100 });
    expect((await waiting())[0]).toMatchObject({ reason: expect.any(String) as string });
    expect((await waiting())[0]?.attempts).toBeGreaterThan(2);
    meta().faults.clear();
    clock.ms += 60 * MINUTE;
    await drain();

    expect(await states()).toEqual({ delivered: 100 });
    expect(
      meta()
        .received()
        .map(({ server }) => server?.event["event_id"]),
    ).toEqual(Array.from({ length: 100 }, (__, index) => visitId(index + 1)));
  });

  test("one that makes Meta fail waits by itself, and the others are delivered", async () => {
    const { post, drain, states, shop } = await aShop();
    await post(8);
    await drain({
      send: async (request) =>
        request.events.some((json) => json.includes(visitId(3)))
          ? { httpStatus: 400, headers: {}, body: ERROR_777 }
          : graph().send(request),
    });

    expect(await states()).toEqual({ delivered: 7, queued: 1 });
    const [own] = (await recordedDeliveries(database(), shop)).filter(({ state }) => state === "queued");
    expect(own).toMatchObject({ eventId: visitId(3), attempts: 1 });
    // The requests that carried it, from the whole batch to it alone.
    expect(own?.attemptIds.length).toBeGreaterThan(2);
    clock.ms += 60 * MINUTE;
    await drain();
    expect(await states()).toEqual({ delivered: 8 });
    expect(copies().every((count) => count === 1)).toBe(true);
  });

  test("a blocked pixel holds them where they are; they go out when it is mended, or expire after a week", async () => {
    const { post, drain, states, settings, pixel, rows, shop, waiting } = await aShop();
    await post(5);
    meta().addDataset({ metaPixelId: pixel.metaPixelId, token: "EAAreplaced" });
    await drain();
    await post(2, undefined, 6);
    expect(await states()).toEqual({ held: 7 });
    expect(await rows.store.releaseStranded(after(clock.ms))).toEqual([]);
    expect((await rows.store.due(after(clock.ms + MINUTE))).pixels.filter((one) => one.shop === shop)).toEqual([]);

    const tooLong = {
      before: after(clock.ms - 7 * DAY),
      beforeInStore: after(0),
      reason: "Too old.",
      now: after(clock.ms),
    };
    expect(await rows.store.expireHeld(tooLong)).toBe(0);
    const later = clock.ms + 8 * DAY;
    await post(1, undefined, 8);
    const expiry = { before: after(later - 7 * DAY), beforeInStore: after(0), reason: "Too old.", now: after(later) };
    expect(await rows.store.expireHeld(expiry)).toBe(8);
    expect(await states()).toEqual({ expired: 8 });
    expect(await waiting()).toEqual([]);
    expect((await recordedEvents(database(), shop))[0]).toMatchObject({
      state: "expired",
      reason: expect.stringContaining("Too old. ") as string,
    });

    await post(3, undefined, 20);
    await settings.connect(shop, { metaPixelId: pixel.metaPixelId, token: "EAAreplaced", testEventCode: null });
    await rows.store.releaseHeld(pixel.id, after(clock.ms));
    await drain();
    expect(await states()).toEqual({ expired: 8, delivered: 3 });
  });

  test("a worker that dies while bisecting resends nothing that Meta had accepted, and its late word changes nothing", async () => {
    const { post, drain, states, rows, shop } = await aShop();
    await post(64, (n) => (n === 40 ? POISON : {}));
    let requests = 0;
    const dying = drain({
      send: async (request) => {
        if (++requests === 3) throw new Error("the process was killed here");
        return graph().send(request);
      },
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await states()).toEqual({ delivered: 32, queued: 32 });
    clock.ms += 19_999;
    await drain();
    expect(await states()).toEqual({ delivered: 32, queued: 32 });
    const due = async () => (await rows.store.due(after(clock.ms))).pixels.filter((one) => one.shop === shop).length;
    expect(await due()).toBe(0);
    clock.ms += 1;
    expect(await due()).toBe(1);
    await drain();
    expect(await states()).toEqual({ delivered: 63, refused: 1 });
    expect(copies().every((count) => count === 1)).toBe(true);
  });

  test("a slow worker keeps its lease, and one whose lease was taken over settles nothing", async () => {
    const { post, drain, states } = await aShop();
    await post(64, (n) => (n === 64 ? POISON : {}));
    await drain({
      send: async (request) => {
        clock.ms += 9_000;
        const before = meta().requests().length;
        await drain();
        expect(meta().requests().length).toBe(before);
        return graph().send(request);
      },
    });
    expect(await states()).toEqual({ delivered: 63, refused: 1 });

    await post(4, undefined, 100);
    const answered = meta().requests().length;
    await drain({
      send: async (request) => {
        const answer = await graph().send(request);
        clock.ms += 20_000;
        // The heir finds the events where they were, and sends them once more: nobody knew of the answer.
        if (meta().requests().length === answered + 1) await drain();
        return answer;
      },
    });
    expect(await states()).toEqual({ delivered: 67, refused: 1 });
  });

  test("a stopping worker gives back what it has not sent", async () => {
    const { post, drain, states, lease } = await aShop();
    await post(16, (n) => (n === 16 ? POISON : {}));
    let isStopping = false;
    await drain({
      isStopping: () => isStopping,
      send: async (request) => {
        const answer = await graph().send(request);
        isStopping = meta().requests().length === 2;
        return answer;
      },
    });
    expect(await states()).toEqual({ delivered: 8, queued: 8 });
    expect(await lease()).toMatchObject({ holder: null, until: null });
    await drain();
    expect(await states()).toEqual({ delivered: 15, refused: 1 });
  });

  test("workers that drain a pixel at the same moment send nothing twice and leave nothing", async () => {
    const { post, drain, states } = await aShop();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([drain(), post(40, undefined, round * 40 + 1), drain(), drain()]);
    }
    await drain();
    expect(await states()).toEqual({ delivered: 200 });
    expect(copies()).toEqual(Array.from({ length: 200 }, () => 1));
  });
});
