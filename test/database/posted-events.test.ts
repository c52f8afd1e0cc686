import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEventStore } from "../../app/outbox/event-store.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { anId, aScene, CONSENT, GRANTED, NOON, type Scene } from "../support/store-scenes.ts";
import { ERASED } from "./storefront-cases.ts";

/** A storefront event, decided or not. */
function posted(scene: Scene, id: string, pixel: string | null) {
  const eventId = anId(id);
  const event = scene.event(1, {
    name: "ViewContent",
    id: eventId,
    origin: "collector",
    signal: GRANTED,
    joinForMs: 0,
  });
  const key = { shop: scene.shop, eventName: "ViewContent" as const, eventId };
  const decision = { kind: "send", key, body: event.body, consent: CONSENT, to: [pixel as never] } as const;
  return pixel === null ? { event } : { event, decision };
}

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("the events of one post, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
    await database.prisma.tombstone.create({
      data: { digest: ERASED, erasedAt: NOON, expiresAt: new Date("2027-01-01T00:00:00Z") },
    });
  });
  afterAll(() => database.close());
  const rows = (scene: Scene) =>
    database.prisma.event.findMany({ where: { shop: scene.shop }, orderBy: { eventId: "asc" } });

  test("are stored in one commit, each with its own decision and deliveries", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();

    const { due, added } = await scene.store.addPosted([
      posted(scene, "a", pixel),
      posted(scene, "b", null),
      posted(scene, "c", pixel),
    ]);

    expect(due).toBe(true);
    expect(added).toMatchObject([
      { outcome: "added", isDecided: true, queued: [pixel] },
      { outcome: "added", isDecided: false, queued: [] },
      { outcome: "added", isDecided: true, queued: [pixel] },
    ]);
    expect((await rows(scene)).map(({ eventId, state }) => [eventId, state])).toEqual([
      ["a", "queued"],
      ["b", "joining"],
      ["c", "queued"],
    ]);
    const commits = await database.prisma.$queryRaw<{ n: bigint }[]>`
      select count(distinct at) as n from (
        select xmin::text as at from event where shop = ${scene.shop}
        union select xmin::text from delivery where shop = ${scene.shop}) row`;
    expect(commits).toEqual([{ n: 1n }]);
  });

  test("that come again beside a new one leave what is there, and the new one is stored", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    const [a, b] = [posted(scene, "a", pixel), posted(scene, "b", pixel)];

    const both = await Promise.all([scene.store.addPosted([a]), scene.store.addPosted([b, a])]);

    expect(both.map(({ added }) => added.map(({ outcome }) => outcome))).toEqual([
      ["added"],
      ["added", "already-there"],
    ]);
    expect(await database.prisma.delivery.count({ where: { shop: scene.shop } })).toBe(2);
  });

  test("are each compared with the tombstones: an erased person's is withheld, the other is sent", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    const digestsOf = {
      event: ({ body }: { body: { event_id: string } }) => (body.event_id === "erased" ? [ERASED] : ["nobody"]),
      receipt: () => [],
    };
    const store = createEventStore(database.prisma, { now: () => NOON, digestsOf });

    const { added } = await store.addPosted([posted(scene, "erased", pixel), posted(scene, "other", pixel)]);

    expect(added.map(({ queued }) => queued)).toEqual([[], [pixel]]);
    expect(await rows(scene)).toMatchObject([
      { eventId: "erased", state: "withheld", reason: "customer-redacted", body: { user_data: {} } },
      { eventId: "other", state: "queued" },
    ]);
  });
});
