import { afterAll, beforeAll, expect, test } from "vitest";
import { importStages } from "../../app/pipeline/import-stages.server.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";
import { aForm, aLeadScene } from "../support/lead-scene.ts";
import { anId, NOON } from "../support/store-scenes.ts";

const ROWS = 100_000;
const LEADS = 50;
const OF_NOBODY = Math.floor(ROWS / 4) - Math.floor(LEADS / 4);
const ROWS_A_CHUNK = 250;
// Two batches of the import, and what the streams between hold.
const MOST_AHEAD = 5_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await pgliteDatabase();
});
afterAll(() => database.close());

/** Rows one to `LEADS` are of leads; of the others every fourth is of nobody, and the rest are malformed. */
const rowOf = (n: number): string => {
  if (n <= LEADS) return `lead-${n},qualified,${NOON.toISOString()}\n`;
  return `nobody-${n},qualified,${n % 4 === 0 ? NOON.toISOString() : "yesterday"}\n`;
};

test(
  "a file of 100,000 rows is reported as it is read, and each row gets its answer",
  { timeout: 120_000 },
  async () => {
    const scene = await aLeadScene(database);
    for (let n = 1; n <= LEADS; n += 1) await scene.submit(aForm({ id: anId(`lead-${n}`) }));
    let [read, answered, ahead] = [0, 0, 0];
    async function* file(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("event_id,stage,at\n");
      while (read < ROWS) {
        const rows = Array.from({ length: ROWS_A_CHUNK }, (_, n) => rowOf(read + n + 1));
        read += ROWS_A_CHUNK;
        ahead = Math.max(ahead, read - answered);
        yield Buffer.from(rows.join(""));
      }
    }

    const outcomes: Record<string, number> = {};
    for await (const { row, outcome } of importStages({ bytes: file() }, scene.profile, scene.deps)) {
      answered += 1;
      // In the order of the file: the first line names the columns.
      if (row.line !== answered + 1) throw new Error(`line ${row.line} came as row ${answered}`);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }

    expect(outcomes).toEqual({ accepted: LEADS, invalid: ROWS - LEADS - OF_NOBODY, "unknown-lead": OF_NOBODY });
    // Never more than a few thousand rows are anywhere between the file and the answers.
    expect(ahead).toBeLessThanOrEqual(MOST_AHEAD);
    const { prisma } = database;
    const stored = await prisma.stageReport.count({ where: { shop: scene.shop, source: "csv" } });
    expect(stored).toBe(LEADS + OF_NOBODY);
  },
);
