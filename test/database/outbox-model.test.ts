import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { expectSame, histories, type Model, type Real } from "./outbox-model.ts";
import { after, aScene, claimAs } from "../support/store-scenes.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("whatever happens to workers, no entry has two live claims, is claimed after its end, or vanishes", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (commands) => {
        const scene = await aScene(database);
        const real: Real = { scene, pixel: await scene.pixel(), rounds: [] };
        const model: Model = {
          now: 0,
          pixel: "active",
          peaceUntil: null,
          entries: new Map(),
          declined: new Set(),
          rounds: [],
        };
        // Every claim is compared with what the model would give, so an entry that is another's or has ended shows.
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await expectSame(model, real);

        // Mended and given time, whatever has not ended can be claimed again: nothing is stuck.
        await database.prisma.pixel.update({ where: { id: real.pixel }, data: { state: "active" } });
        await scene.store.releaseHeld(real.pixel, after(model.now));
        const later = after(model.now + 60_000);
        const rest = await scene.store.claim(
          real.pixel,
          claimAs("heir", { now: later, until: after(model.now + 90_000) }),
        );
        const open = [...model.entries.values()].filter(({ state }) => state === "queued" || state === "held");
        expect(rest).toHaveLength(open.length);
        expect(await database.prisma.delivery.count({ where: { shop: scene.shop } })).toBe(model.entries.size);
      }),
      { numRuns: 20 },
    );
  });
});
