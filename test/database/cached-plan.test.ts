import { afterAll, beforeAll, expect, test } from "vitest";

import { addEvents } from "../../app/outbox/add-events.server.ts";
import { CACHED_PLAN, statementNames } from "../../app/database/cached-plan.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene, NOON } from "../support/store-scenes.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await postgresDatabase();
});
afterAll(() => database.close());

test("a marked statement keeps its name, another one gets another name, and an unmarked one has none", () => {
  const nameOf = statementNames();
  const [one, other] = [`${CACHED_PLAN.sql} select 1`, `${CACHED_PLAN.sql} select 2`];
  expect(nameOf({ sql: one })).toBe(nameOf({ sql: one }));
  expect(nameOf({ sql: other })).not.toBe(nameOf({ sql: one }));
  expect(nameOf({ sql: "select 1" })).toBe("");
});

type Kept = { readonly name: string; readonly statement: string; readonly parameters: number };

test("the cached plan for adding events suits full tables, although it was planned while they were empty", async () => {
  const { event } = await aScene(database);
  await addEvents(database.prisma, [{ event: event(1), webhook: null }], { now: NOON });
  const [kept, ...others] = await database.prisma.$queryRaw<Kept[]>`
    select name, statement, cardinality(parameter_types) as parameters from pg_prepared_statements`;
  expect(others).toEqual([]);

  const plan = await database.session(async ({ run, rows }) => {
    // As on the first day: nothing in the tables, and no statistics of them.
    await run("truncate event, delivery, browser_context cascade");
    await run("set plan_cache_mode = force_generic_plan");
    await run(`prepare kept as ${kept?.statement ?? ""}`);
    const values = Array.from({ length: kept?.parameters ?? 0 }, () => "null").join(", ");
    return JSON.stringify(await rows(`explain execute kept(${values})`));
  });
  expect(plan).toContain("Index Scan using");
  expect(plan).not.toContain("Seq Scan");
});
