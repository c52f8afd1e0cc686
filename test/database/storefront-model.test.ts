import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { after, aScene, claimAs } from "../support/store-scenes.ts";
import { expectSame, histories, type Model, type Real } from "./storefront-model.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("whatever happens to workers, no storefront event is sent by two, is sent after its end, or vanishes", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (commands) => {
        await database.prisma.storefrontQueue.deleteMany();
        const scene = await aScene(database);
        const real: Real = { scene, pixel: await scene.pixel(), rounds: [] };
        const model: Model = { now: 0, isBlocked: false, lease: null, entries: new Map(), rounds: [] };
        // Every claim is compared with what the model would give, so an event that is another's or has ended shows.
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await expectSame(model, real);

        // Mended and given time, whatever has not ended can be claimed again: nothing is stuck.
        await database.prisma.pixel.update({
          where: { id: real.pixel },
          data: { state: "active", failures: 0, sendAfter: null },
        });
        await scene.store.releaseHeld(real.pixel, after(model.now));
        const later = after(model.now + 120_000);
        const rest = await scene.store.claim(
          real.pixel,
          claimAs("heir", { now: later, until: after(model.now + 150_000) }),
        );
        expect(rest).toHaveLength([...model.entries.values()].filter(({ place }) => place !== "ended").length);
      }),
      { numRuns: 20 },
    );
  });
});
