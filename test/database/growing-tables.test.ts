import { afterAll, beforeAll, expect, test } from "vitest";

import { deleteOldAccessRecords } from "../../app/access/access-log.server.ts";
import { deleteOldFlowMessages } from "../../app/jobs/flow-outbox.server.ts";
import { deleteOldFigures, foldFigures } from "../../app/ledger/keep-figures.server.ts";
import { deleteExpired } from "../../app/privacy/delete-expired.server.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";

/** Tables that no age bounds, each with what does. */
const SMALL: Readonly<Record<string, string>> = {
  shop: "one row a shop, deleted when Shopify asks for its erasure",
  session: "one row a shop: only offline tokens are stored",
  settings: "one row each time that somebody saves; events name their version",
  destination: "one row for each pixel that somebody connected",
  pixel_lease: "one row a pixel, deleted with it",
  reconciliation: "one row a shop",
  consent_policy: "one row a shop",
  unit_cost: "one row for each variant that was sold; a reading deletes those that are sold no more",
  unit_cost_reading: "one row a shop",
  other_sender: "one row for each pixel and kind of sender, which are few",
  collector_refusal: "one row for each shop, day and reason; counting deletes those of old days",
  figure_backfill: "one row, deleted when all is counted",
  housekeeping: "one row a task",
  tombstone_key: "one row",
  staff: "one row for each person who uses the app in a shop",
  change_record: "one row each time that somebody changes a pixel or a role",
  api_key: "one row for each key that somebody made",
  crm_hook: "one row for each address that somebody made",
  flow_workflow: "one row for each shop and trigger",
};

const DAY_MS = 86_400_000;
const NOW = new Date();
const OLD = new Date(NOW.getTime() - 450 * DAY_MS).toISOString();
const LATER = new Date(NOW.getTime() + 1_100 * DAY_MS);

/** What a column's type does not tell. */
const VALUES: Readonly<Record<string, string>> = {
  "event.state": "'delivered'",
  "delivery.state": "'delivered'",
  "storefront_event.state": "'withheld'",
  "storefront_event.reason": "'bot'",
  "storefront_event.body": `'{"event_id": "old"}'`,
  "flow_message.state": "'sent'",
};

const BY_TYPE: Readonly<Record<string, string>> = {
  text: "'old'",
  integer: "1",
  smallint: "1",
  bigint: "1",
  boolean: "false",
  uuid: "gen_random_uuid()",
  jsonb: "'{}'",
  json: "'{}'",
  date: `'${OLD}'`,
  ARRAY: "'{}'",
};

let database: TestDatabase;
beforeAll(async () => {
  database = await pgliteDatabase();
});
afterAll(() => database.close());

type Column = { readonly table: string; readonly name: string; readonly type: string };

/** One row in every table, as old as can be. Nothing else in the world is there, so no key, check or trigger is in force. */
async function fillWithOld(): Promise<string[]> {
  const columns = await database.prisma.$queryRaw<Column[]>`
    select table_name as table, column_name as name, data_type as type from information_schema.columns
    join pg_class on oid = table_name::regclass
    where table_schema = 'public' and relkind in ('r', 'p') and not relispartition and table_name <> '_prisma_migrations'
      and (is_nullable = 'NO' and coalesce(column_default, '') not like 'nextval%'
        or column_name in ('settled_at', 'assembled_at', 'reason', 'state'))`;
  const checks = await database.prisma.$queryRaw<{ statement: string }[]>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
    where contype = 'c' and connamespace = 'public'::regnamespace and coninhcount = 0 and conrelid <> 0`;
  const tables = [...new Set(columns.map(({ table }) => table))];
  await database.session(async (session) => {
    await session.run("set session_replication_role = replica");
    for (const { statement } of checks) await session.run(statement);
    for (const table of tables) {
      const ofTable = columns.filter((column) => column.table === table);
      const names = ofTable.map(({ name }) => `"${name}"`).join(", ");
      const values = ofTable.map(({ name, type }) => VALUES[`${table}.${name}`] ?? BY_TYPE[type] ?? `'${OLD}'`);
      await session.run(`insert into ${table} (${names}) values (${values.join(", ")})`);
    }
    await session.run("set session_replication_role = origin");
  });
  return tables;
}

test("every table that grows is emptied by its age, and every other has a reason why it stays small", async () => {
  const { prisma } = database;
  const tables = await fillWithOld();
  const days = { contexts: 7, bodies: 30, ledger: 396, storefront: 14, attempts: 90, webhooks: 30, quarantine: 30 };
  await retire(prisma, { days, now: NOW });
  // What expired was counted, and the figures are kept for longest.
  await foldFigures(prisma);
  await deleteOldFigures(prisma, { now: LATER, ledgerDays: 396 });
  await deleteOldAccessRecords(prisma, LATER);
  await deleteExpired(prisma, LATER);
  await deleteOldFlowMessages(prisma, LATER);

  const kept: string[] = [];
  for (const table of tables) {
    const [row] = await prisma.$queryRawUnsafe<[{ rows: number }]>(`select count(*)::int as rows from ${table}`);
    if (row.rows > 0) kept.push(table);
  }
  expect(kept.filter((table) => !(table in SMALL))).toEqual([]);
  expect(Object.keys(SMALL).filter((table) => !tables.includes(table))).toEqual([]);
});
