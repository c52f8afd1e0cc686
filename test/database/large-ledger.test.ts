import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEventLog, type EventLog } from "../../app/ledger/event-log.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene, type Scene } from "../support/store-scenes.ts";

const ORDERS = 20_000;
const VISITS = 20_000;
const DAYS = 8;
/** A page has fifty rows; each of the days gives its newest. */
const MOST_ROWS = 1_000;

describe("a shop that has sold and was visited for long, on PostgreSQL", () => {
  let database: TestDatabase;
  let made: Scene;
  beforeAll(async () => {
    database = await postgresDatabase();
    made = await aScene(database);
    await fill(made, await made.pixel());
  }, 60_000);
  afterAll(() => database.close());

  test("opens Events and their second page without reading all orders", async () => {
    const { shop } = made;
    const page = (cursor?: string) => (log: EventLog) => log.page(shop, { limit: 50, ...(cursor && { cursor }) });
    const { nextCursor } = await page()(createEventLog(database.prisma));
    expect(await rowsOf(page())).toBeLessThan(MOST_ROWS);
    expect(await rowsOf(page(nextCursor ?? "none"))).toBeLessThan(MOST_ROWS);
    expect(await rowsOf((log) => log.page(shop, { limit: 50, outcome: "delivered" }))).toBeLessThan(MOST_ROWS);
  });

  test("opens Home without reading all orders or deliveries, also right after it was installed again", async () => {
    const { shop } = made;
    expect(await rowsOf((log) => log.setupFacts(shop))).toBeLessThan(MOST_ROWS);
    await database.prisma.$executeRaw`update shop set installed_at = now() where domain = ${shop}`;
    expect(await rowsOf((log) => log.setupFacts(shop))).toBeLessThan(MOST_ROWS);
  });

  /** How many rows of the ledger a read fetches: the connection still counts what it did just before. */
  const rowsOf = (read: (eventLog: EventLog) => Promise<unknown>): Promise<number> =>
    database.prisma.$transaction(async (tx) => {
      const fetched = () => tx.$queryRaw<[{ rows: number }]>`
        select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int as rows from pg_stat_xact_user_tables
        where relname in ('event', 'delivery') or relname like 'storefront_event%'`;
      const [before] = await fetched();
      await read(createEventLog(tx as typeof database.prisma));
      return (await fetched())[0].rows - before.rows;
    });

  async function fill({ shop }: Scene, pixel: string): Promise<void> {
    const { prisma } = database;
    await prisma.$executeRaw`update shop set installed_at = now() - interval '90 days' where domain = ${shop}`;
    await prisma.$executeRaw`
      select storefront_make_days((now() at time zone 'UTC')::date - ${DAYS}::int, (now() at time zone 'UTC')::date)`;
    await prisma.$executeRaw`
      insert into event (shop, event_name, event_id, event_time, origin, settings_version, state, body, created_at, settled_at)
      select ${shop}, 'Purchase', 'many.' || n, at, 'webhook', 1, 'delivered',
        '{"event_name": "Purchase", "action_source": "website", "custom_data": {}, "user_data": {}}', at, at
      from generate_series(1, ${ORDERS}::int) n cross join lateral (select now() - n * interval '5 minutes' as at) time`;
    await prisma.$executeRaw`
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, settled_at)
      select shop, event_name, event_id, ${pixel}::uuid, event_time, 'delivered', now() from event where shop = ${shop}`;
    await prisma.$executeRaw`
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels, consent, body)
      select at, at, storefront_key(${shop}, 'PageView', n::text), (at at time zone 'UTC')::date, 1, ${shop}, 'PageView',
        array[${pixel}]::uuid[], '[null, null, null, null, null, null]', jsonb_build_object('event_name', 'PageView',
          'event_id', n::text, 'action_source', 'website', 'custom_data', '{}'::jsonb, 'user_data', '{}'::jsonb)
      from generate_series(1, ${VISITS}::int) n
        cross join lateral (select now() - n * ${(DAYS * 86_400) / VISITS}::float8 * interval '1 second' as at) time`;
    await prisma.$executeRaw`
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, storefront_day, storefront_position)
      select shop, event_name, body->>'event_id', ${pixel}::uuid, event_time, 'held', day, position
      from storefront_event where shop = ${shop} and position % 10 = 0`;
    await prisma.$executeRaw`analyze`;
  }
});
