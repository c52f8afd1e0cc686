import { describe, expect, test } from "vitest";

import type { GraphClient } from "../../app/meta/graph-client.server.ts";
import { pgliteDatabase, postgresDatabase } from "../support/databases.ts";
import { deliveryWorld } from "./delivery-scene.ts";
import { after, CONSENT } from "../support/store-scenes.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  const { clock, meta, graph, database, scene } = deliveryWorld(makeDatabase);
  const timesReceived = () =>
    meta()
      .received()
      .map(({ server }) => Number(server?.event["event_time"]));
  const requestSizes = () =>
    meta()
      .requests()
      .map(({ events }) => events);

  test("after an outage of an hour every event is delivered once, in the order of the events, in full batches", async () => {
    const { queue, drain, drainUntilDone, states } = await scene();
    meta().faults.set({ kind: "http500" });
    for (let minute = 0; minute < 60; minute++) {
      await queue(minute * 40 + 1, 40);
      for (let quarter = 0; quarter < 4; quarter++, clock.ms += MINUTE / 4) await drain();
    }
    const during = meta().requests().length;
    expect(meta().received()).toEqual([]);
    meta().faults.clear();
    await drainUntilDone(15_000, 2 * HOUR);

    expect(await states()).toEqual({ delivered: 2_400 });
    const times = timesReceived();
    expect(times).toHaveLength(2_400);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(
      meta()
        .received()
        .every(({ serverCopies }) => serverCopies === 1),
    ).toBe(true);
    expect(Math.max(...requestSizes())).toBeLessThanOrEqual(1_000);
    // 240 runs of the worker: the pixel was backing off for most of them, and caught up in three requests.
    expect(during).toBeLessThan(100);
    expect(meta().requests().length - during).toBe(3);
  });

  test("test events are sent under the pixel's code of that moment, and never without one", async () => {
    const { queue, drain, states, settings, shop, pixel, token } = await scene();
    const connect = (testEventCode: string | null) =>
      settings.connect(shop, { metaPixelId: pixel.metaPixelId, token, testEventCode });
    const codes = () =>
      meta()
        .received()
        .map(({ eventId, server }) => [eventId, server?.testEventCode ?? null]);
    const madeTest = (n: number) =>
      Promise.all([
        database().prisma.event.updateMany({
          where: { shop, eventId: `purchase.example.${n}` },
          data: { isTest: true },
        }),
        database().prisma.delivery.updateMany({
          where: { shop, eventId: `purchase.example.${n}` },
          data: { isTest: true },
        }),
      ]);
    await queue(1, 2);
    await madeTest(2);
    await drain();
    expect(await states()).toEqual({ delivered: 1, withheld: 1 });
    expect(codes()).toEqual([["purchase.example.1", null]]);
    const withheld = { state: "withheld", reason: "test-order" };
    expect(await database().prisma.event.findFirst({ where: { shop, isTest: true } })).toMatchObject(withheld);

    await connect("TEST1");
    await queue(3, 2);
    await madeTest(4);
    await drain();
    expect(await states()).toEqual({ delivered: 3, withheld: 1 });
    expect(codes().slice(1)).toEqual([
      ["purchase.example.3", "TEST1"],
      ["purchase.example.4", "TEST1"],
    ]);
    const attempts = await database().prisma.attempt.findMany({ where: { shop }, orderBy: { id: "asc" } });
    expect(attempts.map(({ testEventCode }) => testEventCode)).toEqual([null, "TEST1"]);
  });

  test("one bad event in a full batch is refused alone, by name, and the others are delivered", async () => {
    const { queue, drain, states, scene: rows } = await scene();
    await queue(1, 1_000, (n) => (n === 618 ? { custom_data: {} } : {}));
    await drain();
    expect(await states()).toEqual({ delivered: 999, refused: 1 });
    expect(meta().requests().length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(1_000)) + 2);
    const refused = await database().prisma.event.findMany({ where: { shop: rows.shop, state: "refused" } });
    expect(refused).toMatchObject([
      { eventId: "purchase.example.618", reason: "The purchase has no value. Meta names custom_data.value." },
    ]);
  });

  test("a request whose answer was lost is sent again with the same ids and times", async () => {
    const { queue, drain, drainUntilDone, states } = await scene();
    await queue(1, 3);
    meta().faults.next({ kind: "lost-answer" });
    await drain();
    const first = meta()
      .received()
      .map(({ server }) => server?.event);
    await drainUntilDone(1_000, MINUTE);
    expect(await states()).toEqual({ delivered: 3 });
    expect(
      meta()
        .received()
        .map(({ serverCopies }) => serverCopies),
    ).toEqual([2, 2, 2]);
    expect(
      meta()
        .received()
        .map(({ server }) => server?.event),
    ).toEqual(first);
    expect(
      meta()
        .received()
        .map(({ serverEventTimes }) => serverEventTimes),
    ).toEqual([1, 1, 1]);
  });

  test("an invalid token holds every event, loses none, and its replacement delivers them all", async () => {
    const { queue, drain, states, settings, shop, pixel, scene: rows } = await scene();
    await queue(1, 1_500);
    meta().addDataset({ metaPixelId: pixel.metaPixelId, token: "EAAreplaced" });
    await drain();
    expect(await states()).toEqual({ held: 1_500 });
    expect(meta().requests()).toHaveLength(1);
    expect((await settings.profile(shop))?.pixels).toMatchObject([{ state: "blocked" }]);
    await settings.connect(shop, { metaPixelId: pixel.metaPixelId, token: "EAAreplaced", testEventCode: null });
    await rows.store.releaseHeld(pixel.id, after(clock.ms));
    await drain();
    expect(await states()).toEqual({ delivered: 1_500 });
    expect(requestSizes()).toEqual([1_000, 1_000, 500]);
  });

  test("an answer about the old token does not block the new one", async () => {
    const { queue, drain, states, settings, shop, pixel } = await scene();
    await queue(1, 3);
    await drain({
      send: async (request) => {
        const answer = await graph().send({ ...request, token: "EAAold" });
        // The merchant saves a new token while the answer is on its way.
        meta().addDataset({ metaPixelId: pixel.metaPixelId, token: "EAAnew" });
        await settings.connect(shop, { metaPixelId: pixel.metaPixelId, token: "EAAnew", testEventCode: null });
        return answer;
      },
    });
    expect((await settings.profile(shop))?.pixels).toMatchObject([{ state: "active" }]);
    expect(await states()).toEqual({ queued: 3 });
    await drain();
    expect(await states()).toEqual({ delivered: 3 });
  });

  test("a wait that Meta requests applies to the whole pixel, not only to the events of that request", async () => {
    const { queue, drain, states } = await scene();
    await queue(1, 1_200);
    meta().faults.next({ kind: "throttled", regainMinutes: 9 });
    await drain();
    await queue(1_201, 10);
    clock.ms += 9 * MINUTE - 1;
    await drain();
    expect(meta().requests()).toHaveLength(1);
    clock.ms += MINUTE;
    await drain();
    expect(await states()).toEqual({ delivered: 1_210 });
  });

  test("an event that causes an unknown error waits by itself and expires, and the others are delivered", async () => {
    const { queue, drain, drainUntilDone, states, scene: rows } = await scene();
    await queue(1, 200);
    const unknown = { httpStatus: 400, headers: {}, body: ERROR_777 } as const;
    const culprit = (request: { events: readonly string[] }) =>
      request.events.some((event) => event.includes("purchase.example.77"));
    const send: GraphClient["send"] = async (request) =>
      culprit({ events: request.events.map(String) }) ? unknown : graph().send(request);
    await drain({ send });
    // 77 alone: 177 is not among them.
    expect(await states()).toEqual({ delivered: 199, queued: 1 });
    for (let run = 0; run < 50; run++, clock.ms += 40 * MINUTE) await drain({ send });
    expect(await states()).toEqual({ delivered: 199, expired: 1 });
    expect(await database().prisma.attempt.count({ where: { shop: rows.shop, unknown: true } })).toBeGreaterThan(10);
    await drainUntilDone(1_000, MINUTE);
  });

  test("an event that Meta does not accept for a week expires with the reason", async () => {
    const { queue, drain, scene: rows } = await scene();
    await queue(1, 1);
    meta().faults.set({ kind: "http500" });
    for (let run = 0; run < 85; run++, clock.ms += 2 * HOUR) await drain();
    const [event] = await database().prisma.event.findMany({ where: { shop: rows.shop } });
    expect(event?.state).toBe("expired");
    expect(event?.reason).toMatch(/7 days.*Meta has a temporary problem/);
    const last = await database().prisma.attempt.findFirstOrThrow({
      where: { shop: rows.shop },
      orderBy: { startedAt: "desc" },
    });
    expect(last.startedAt.getTime()).toBeLessThan(after(7 * DAY).getTime());
    expect(last.startedAt.getTime()).toBeGreaterThan(after(7 * DAY - 3 * HOUR).getTime());
  });

  test("a server leg is withheld 48 hours after its browser leg, and its personal data is deleted", async () => {
    const { queue, drain, scene: rows } = await scene();
    const { store, receipt } = rows;
    await queue(1, 3);
    await store.addReceipt(receipt(1, { eventId: null }));
    await store.addReceipt(receipt(2, { eventId: null, leg: { sent: false, because: "no-order-id" } }));
    clock.ms = 2 * DAY;
    await drain();
    const events = await database().prisma.event.findMany({ where: { shop: rows.shop }, orderBy: { eventId: "asc" } });
    expect(events).toMatchObject([
      { state: "withheld", reason: "dedup-window-passed", body: { user_data: {} } },
      { state: "delivered" },
      { state: "delivered" },
    ]);
  });

  test("a receipt after the delivery is stored in the ledger, and nothing is sent for it", async () => {
    const { queue, drain, scene: rows } = await scene();
    await queue(1, 1);
    await drain();
    expect(await rows.store.addReceipt(rows.receipt(1, { eventId: null }))).toEqual({ due: false });
    await drain();
    const [event] = await database().prisma.event.findMany({ where: { shop: rows.shop } });
    expect(event).toMatchObject({ state: "delivered", browserLeg: { sent: true }, consent: CONSENT });
    expect(meta().requests()).toHaveLength(1);
  });
});

const ERROR_777 = {
  kind: "error",
  error: { code: 777_777, subcode: null, isTransient: false, traceId: null, blamed: [] },
} as const;
