import { describe, expect, test } from "vitest";

import { pgliteDatabase, postgresDatabase } from "../support/databases.ts";
import { deliveryWorld } from "./delivery-scene.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  const { clock, meta, graph, database, scene } = deliveryWorld(makeDatabase);

  test("a worker that dies while bisecting resends nothing that Meta had accepted", async () => {
    const { queue, drain, states } = await scene();
    await queue(1, 64, (n) => (n === 40 ? { custom_data: {} } : {}));
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
    clock.ms += 1;
    await drain();
    expect(await states()).toEqual({ delivered: 63, refused: 1 });
    expect(meta().received()).toHaveLength(63);
    expect(
      meta()
        .received()
        .every(({ serverCopies }) => serverCopies === 1),
    ).toBe(true);
  });

  test("a stopping worker finishes its request, starts none, and releases the rest at once", async () => {
    const { queue, drain, states } = await scene();
    await queue(1, 16, (n) => (n === 16 ? { custom_data: {} } : {}));
    let isStopping = false;
    await drain({
      isStopping: () => isStopping,
      send: async (request) => {
        const answer = await graph().send(request);
        isStopping = meta().requests().length === 2;
        return answer;
      },
    });
    expect(meta().requests()).toHaveLength(2);
    expect(await states()).toEqual({ delivered: 8, queued: 8 });
    await drain();
    expect(await states()).toEqual({ delivered: 15, refused: 1 });
  });

  test("a slow Meta costs a worker no claim: it extends them while it runs", async () => {
    const { queue, drain, states } = await scene();
    await queue(1, 64, (n) => (n === 64 ? { custom_data: {} } : {}));
    await drain({
      send: async (request) => {
        clock.ms += 9_000;
        const before = meta().requests().length;
        await drain();
        // The other worker found nothing that it may have.
        expect(meta().requests().length).toBe(before);
        return graph().send(request);
      },
    });
    expect(await states()).toEqual({ delivered: 63, refused: 1 });
    expect(
      meta()
        .received()
        .every(({ serverCopies }) => serverCopies === 1),
    ).toBe(true);
  });

  test("while Meta does not answer, no request is made and no event counts an attempt", async () => {
    const { queue, drain, scene: rows } = await scene();
    await queue(1, 2);
    await drain({ send: async () => null });
    await drain({ metaPauseMs: () => 5_000 });
    expect(await database().prisma.delivery.findMany({ where: { shop: rows.shop } })).toMatchObject([
      { state: "queued", attempts: 0, claimedBy: null },
      { state: "queued", attempts: 0, claimedBy: null },
    ]);
    clock.ms += 5_000;
    await drain();
    expect(meta().received()).toHaveLength(2);
  });
});
