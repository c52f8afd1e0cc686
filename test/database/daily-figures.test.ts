import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { foldFigures } from "../../app/ledger/keep-figures.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { aScene } from "../support/store-scenes.ts";
import { anOutbox, historiesOfVisits } from "./figures-histories.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("whatever ends events, the figures are what a count of the rows gives", async () => {
    await fc.assert(
      fc.asyncProperty(historiesOfVisits, async (steps) => {
        const outbox = await anOutbox(await aScene(database));
        for (const step of steps) await step.run(outbox);
        const { shop } = outbox.scene;
        const recounted = await recountedFigures(database.prisma, shop);
        expect(await storedFigures(database.prisma, shop)).toEqual(recounted);

        await foldFigures(database.prisma, 7);
        expect(await database.prisma.dailyFigureChange.count()).toBe(0);
        expect(await storedFigures(database.prisma, shop)).toEqual(recounted);
      }),
      { numRuns: 12 },
    );
  });
});
