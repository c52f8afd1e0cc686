import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Decision } from "../../app/outbox/types.ts";
import { createEventStore } from "../../app/outbox/event-store.server.ts";
import type { EventToSendAgain } from "../../app/outbox/send-again.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { after, aScene, CONSENT, NOON, order, type Scene } from "../support/store-scenes.ts";

const BY = "shopify-user 42";
const SUBJECT = "Purchase purchase.x.1";
type Send = Extract<Decision, { kind: "send" }>;
type Again = Omit<EventToSendAgain, "now" | "digestsOf">;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("an ended event that is sent again, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  /** Order 1, withheld because no pixel was connected; then one is. */
  async function withheldOrder(): Promise<{ scene: Scene; pixel: string; again: Again }> {
    const scene = await aScene(database);
    const { store, event, key } = scene;
    await store.add(event(1), null);
    await store.decide([{ kind: "withhold", key: key(1), reason: "no-pixel", consent: CONSENT }], NOON);
    const pixel = await scene.pixel();
    scene.at(after(60_000));
    return {
      scene,
      pixel,
      again: { event: event(1), decision: sendTo(scene, pixel), seen: await seenOf(scene), by: BY, subject: SUBJECT },
    };
  }

  // The scene's decision for a pixel is always to send.
  const sendTo = (scene: Scene, ...pixels: string[]): Send => scene.send(1, pixels) as Send;

  async function seenOf(scene: Scene): Promise<Again["seen"]> {
    const { state, settledAt } = await scene.row(1);
    if (settledAt === null) throw new Error("the event has not ended");
    return { state, settledAt };
  }

  const changesOf = ({ shop }: Scene) => database.prisma.changeRecord.findMany({ where: { shop } });

  test("is queued with its person, and the record says who sent it and when", async () => {
    const { scene, pixel, again } = await withheldOrder();
    expect(await scene.row(1)).toMatchObject({ body: { user_data: {} } });
    expect(await scene.store.sendAgain(again)).toEqual([pixel]);
    expect(await scene.row(1)).toMatchObject({
      ...{ state: "queued", reason: null, settledAt: null },
      body: { user_data: { em: ["a".repeat(64)] } },
    });
    expect(await scene.deliveries(1)).toMatchObject([{ pixelId: pixel, state: "queued", dueAt: after(60_000) }]);
    expect(await changesOf(scene)).toMatchObject([
      {
        ...{
          changedBy: BY,
          changedAt: after(60_000),
          action: "sent-again",
          subject: SUBJECT,
        },
        before: { state: "withheld", reason: "no-pixel" },
        after: { state: "queued", pixels: [pixel] },
      },
    ]);
    expect(await storedFigures(database.prisma, scene.shop)).toEqual(
      await recountedFigures(database.prisma, scene.shop),
    );
  });

  test("a double click and two tabs queue it once", async () => {
    const { scene, pixel, again } = await withheldOrder();
    const answers = await Promise.all([1, 2, 3].map(() => scene.store.sendAgain(again)));
    expect(answers.flat()).toEqual([pixel]);
    expect(await scene.store.sendAgain(again)).toEqual([]);
    expect(await scene.deliveries(1)).toHaveLength(1);
    expect(await changesOf(scene)).toHaveLength(1);
  });

  test("only a pixel that has not accepted it gets it again, with its attempts counted from the beginning", async () => {
    const scene = await aScene(database);
    const [one, other] = [await scene.pixel(), await scene.pixel()];
    await scene.queued(1, [one, other]);
    await database.prisma.delivery.updateMany({
      where: { shop: scene.shop, pixelId: other },
      data: { state: "refused", reason: "Meta refuses it.", attempts: 3, settledAt: NOON },
    });
    await database.prisma.delivery.updateMany({
      where: { shop: scene.shop, pixelId: one },
      data: { state: "delivered", settledAt: NOON },
    });
    await database.prisma.event.updateMany({
      where: { shop: scene.shop },
      data: { state: "delivered", settledAt: NOON },
    });
    const again = {
      event: scene.event(1),
      decision: sendTo(scene, one, other),
      seen: await seenOf(scene),
      by: BY,
      subject: SUBJECT,
    };
    expect(await scene.store.sendAgain(again)).toEqual([other]);
    const states = await scene.deliveries(1);
    expect(states.find(({ pixelId }) => pixelId === one)).toMatchObject({ state: "delivered" });
    expect(states.find(({ pixelId }) => pixelId === other)).toMatchObject({
      state: "queued",
      attempts: 0,
      reason: null,
    });
    expect(await storedFigures(database.prisma, scene.shop)).toEqual(
      await recountedFigures(database.prisma, scene.shop),
    );
  });

  test("nothing is queued for a pixel that was paused, a shop that has left, a redacted customer or an event that changed", async () => {
    const paused = await withheldOrder();
    await database.prisma.pixel.updateMany({ where: { shop: paused.scene.shop }, data: { state: "paused" } });
    expect(await paused.scene.store.sendAgain(paused.again)).toEqual([]);

    const left = await withheldOrder();
    await database.prisma.shop.update({ where: { domain: left.scene.shop }, data: { uninstalledAt: NOON } });
    expect(await left.scene.store.sendAgain(left.again)).toEqual([]);

    const redacted = await withheldOrder();
    const digestsOf = { event: () => ["digest of the customer"], receipt: () => [] };
    await database.prisma.tombstone.create({
      data: { digest: "digest of the customer", erasedAt: NOON, expiresAt: after(86_400_000) },
    });
    const store = createEventStore(database.prisma, { now: () => after(60_000), digestsOf });
    expect(await store.sendAgain(redacted.again)).toEqual([]);

    const changed = await withheldOrder();
    expect(
      await changed.scene.store.sendAgain({ ...changed.again, seen: { state: "refused", settledAt: NOON } }),
    ).toEqual([]);

    for (const { scene } of [paused, left, redacted, changed]) {
      expect(await scene.row(1)).toMatchObject({ state: "withheld", body: { user_data: {} } });
      expect(await scene.deliveries(1)).toEqual([]);
      expect(await changesOf(scene)).toEqual([]);
    }
  });

  test("what is recorded of the order has its receipt, its late answer and the request whose answer got lost", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    await scene.store.addReceipt(scene.receipt(1));
    await scene.queued(1, [pixel]);
    const { id } = await database.prisma.attempt.create({
      data: {
        shop: scene.shop,
        pixelId: pixel,
        startedAt: after(1_000),
        durationMs: 9,
        events: 1,
        verdict: "try-later",
      },
    });
    await database.prisma.delivery.updateMany({ where: { shop: scene.shop }, data: { attemptIds: [id] } });
    const [recorded] = await scene.store.recorded(scene.shop, order(1));
    expect(recorded).toMatchObject({
      ...{ eventName: "Purchase", state: "queued", unclearSince: after(1_000), lateSignal: null },
      receipts: [{ fbp: scene.receipt(1).fbp, receivedAt: scene.receipt(1).receivedAt }],
      deliveries: [{ pixelId: pixel, state: "queued" }],
    });
    expect(await scene.store.recorded((await aScene(database)).shop, order(1))).toEqual([]);
  });
});
