import pg from "pg";
import type { PrismaClient } from "@prisma/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { withShopsOnly } from "../../app/database/tenancy.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene } from "../support/store-scenes.ts";

/** Fails with this code until it has been called so often; a sequence is not undone. */
const CONFLICT = `
  create sequence tries;
  create function conflict(times int, code text) returns int language plpgsql as $$
  begin
    if nextval('tries') <= times then raise exception 'a conflict' using errcode = code; end if;
    return currval('tries');
  end $$`;

type Way = readonly [what: string, run: (prisma: PrismaClient, times: number, code: string) => Promise<unknown>];
const WAYS: readonly Way[] = [
  ["a statement", (prisma, times, code) => prisma.$queryRaw`select conflict(${times}::int, ${code})`],
  ["a statement without rows", (prisma, times, code) => prisma.$executeRaw`select conflict(${times}::int, ${code})`],
  [
    "a list of statements",
    (prisma, times, code) =>
      prisma.$transaction([
        prisma.$executeRaw`update tally set n = n + 1`,
        prisma.$queryRaw`select conflict(${times}::int, ${code})`,
      ]),
  ],
  [
    "a transaction with a function",
    (prisma, times, code) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`update tally set n = n + 1`;
        await tx.$queryRaw`select conflict(${times}::int, ${code})`;
      }),
  ],
];

describe("what PostgreSQL undoes because of a conflict is repeated:", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await postgresDatabase();
    await database.session(({ run }) => run(`${CONFLICT}; create table tally (n int)`));
  });
  beforeEach(() => database.session(({ run }) => run("truncate tally; insert into tally values (0)")));
  afterAll(() => database.close());

  const again = () => database.session(({ rows }) => rows("select setval('tries', 1, false)"));
  const tries = async () =>
    Number(
      ((await database.session(({ rows }) => rows("select last_value from tries"))) as [{ last_value: string }])[0]
        .last_value,
    );
  const tally = async () =>
    ((await database.session(({ rows }) => rows("select n from tally"))) as [{ n: number }])[0].n;

  describe.each(WAYS)("%s", (what, run) => {
    test.each(["40001", "40P01"])("%s", async (code) => {
      for (const prisma of [database.prisma, withShopsOnly(database.prisma)]) {
        await again();
        await run(prisma, 2, code);
        expect(await tries()).toBe(3);
      }
      // Once by each client: what was undone does not count.
      expect(await tally()).toBe(what.includes("statement") && !what.includes("list") ? 0 : 2);
    });

    test("not for ever, and nothing that failed for another reason", async () => {
      await again();
      await expect(run(database.prisma, 1_000, "40P01")).rejects.toThrow("a conflict");
      expect(await tries()).toBe(5);
      await again();
      await expect(run(database.prisma, 1_000, "22012")).rejects.toThrow("a conflict");
      expect(await tries()).toBe(1);
    });
  });

  test("a deadlock with another session", async () => {
    const scenes = [await aScene(database), await aScene(database)];
    const [first = "", second = ""] = scenes.map(({ shop }) => shop).sort();
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    // So that it is never the one that PostgreSQL ends.
    await other.query("set deadlock_timeout = '1h'");
    await other.query("begin");
    await other.query("select from shop where domain = $1 for update", [second]);
    const locking = database.prisma.$queryRaw<{ domain: string }[]>`
      select domain from shop where domain in (${first}, ${second}) order by domain for update`;
    const locked = locking.then((rows) => rows.map(({ domain }) => domain));
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(1);
    await other.query("select from shop where domain = $1 for update", [first]);
    await other.query("commit");
    await other.end();
    expect(await locked).toEqual([first, second]);
  });
});
