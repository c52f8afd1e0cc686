import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../../../app/database/db.server.ts";
import { emptyPostgresDatabase } from "../../support/databases.ts";
import { deliverAsOlder, fillOlderLedger, migrateStepwise } from "../../support/older-version.ts";
import { atMost, type Row, type Section } from "./section.ts";

const AT_MOST_MS = 1_000;
const EVERY_MS = 5;

/** How long each migration takes on a large ledger, and how long an older version beside it waits for one order. */
export const migrationsSection: Section = async ({ count, rows: length = count(1_000_000, 100_000), say }) => {
  const { url, drop } = await emptyPostgresDatabase();
  const database = await openDatabase({ url, dataDir: "" });
  const older = new pg.Client({ connectionString: url });
  await older.connect();
  const rows: Row[] = [];
  let longest = 0;
  await migrateStepwise(database, async (name, apply) => {
    if (rows.length === 0) {
      say(`migrations: filling ${length} events and deliveries`);
      await fillOlderLedger(database, length);
    }
    const startedAt = performance.now();
    const ending = new AbortController();
    const applied = apply().finally(() => ending.abort());
    let waited = 0;
    do {
      const postedAt = performance.now();
      await deliverAsOlder(older);
      waited = Math.max(waited, performance.now() - postedAt);
      await pause(EVERY_MS);
    } while (!ending.signal.aborted);
    await applied;
    rows.push({ name, figures: { took: performance.now() - startedAt, waited } });
    longest = Math.max(longest, waited);
  });
  await older.end();
  await database.close();
  await drop();
  return {
    title: `migrations: a ledger of ${length} events and as many deliveries, an older version beside them`,
    columns: [
      { key: "took", title: "took ms", digits: 0 },
      { key: "waited", title: "longest order ms", digits: 0 },
    ],
    rows,
    targets: {
      "migrations.longest-order": atMost(
        AT_MOST_MS,
        longest,
        "ms from webhook to Meta's answer stored, at the longest",
      ),
    },
    faults: [],
    notes: [
      "An order of the older version is its five statements (receipt, event, decision, claim, ending), one after the other.",
    ],
  };
};
