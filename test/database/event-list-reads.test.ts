import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEventLog, type EventLog } from "../../app/ledger/event-log.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene } from "../support/store-scenes.ts";

describe("the list of many events, on PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await postgresDatabase()));
  afterAll(() => database.close());

  test("no filter and no search reads a table from end to end", async () => {
    const made = await aScene(database);
    const { shop, event, store, pixel } = made;
    const only = await pixel();
    await store.add(event(1), null);
    await database.prisma.$executeRaw`
      insert into event (shop, event_name, event_id, event_time, origin, settings_version, state, reason, body, created_at)
      select ${shop}, 'Purchase', 'many.' || n, now() - n * interval '1 minute', 'webhook', 1,
        case when n % 50 = 0 then 'withheld' else 'delivered' end, case when n % 50 = 0 then 'zero-value' end,
        '{"event_name": "Purchase", "action_source": "website", "custom_data": {}, "user_data": {}}',
        now() - n * interval '1 minute'
      from generate_series(1, 20000) as n`;
    await database.prisma.$executeRaw`
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, attempt_ids)
      select shop, event_name, event_id, ${only}::uuid, event_time, 'delivered', array[n]
      from (select *, row_number() over () as n from event where shop = ${shop}) event`;
    await database.prisma.$executeRaw`
      insert into attempt (shop, destination_id, started_at, duration_ms, events, verdict, trace_id)
      select ${shop}, ${only}::uuid, now() - n * interval '1 minute', 80, 1, 'accepted', 'many-' || n
      from generate_series(1, 20000) as n`;
    for (const table of ["event", "delivery", "attempt"]) await database.prisma.$executeRawUnsafe(`analyze ${table}`);
    const queries = [
      {},
      { eventName: "Purchase" },
      { from: "2026-01-01" },
      { outcome: "withheld" },
      { reason: "zero-value", outcome: "withheld" },
      { legs: "server" },
      { pixel: only },
      { channel: "online" },
      { search: "#1001" },
      { search: "many-7" },
    ] as const;
    for (const query of queries) {
      const seqScans = await scansOf((log) => log.page(shop, { limit: 50, ...query }));
      expect(seqScans, JSON.stringify(query)).toEqual([]);
    }
  }, 60_000);

  test("what no storefront event meets is not looked for among them", async () => {
    const { shop, event, store, pixel } = await aScene(database);
    const other = await pixel();
    await store.add(event(1), null);
    await database.prisma.$executeRaw`
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, state, reason,
        consent, body)
      select now(), now(), storefront_key(${shop}, 'PageView', n::text), (now() at time zone 'UTC')::date, 1, ${shop},
        'PageView', 'withheld', 'consent-browser-declined', '[null, null, null, null, null, null]',
        '{"event_name": "PageView", "action_source": "website", "custom_data": {}, "user_data": {}}'
      from generate_series(1, 2000) as n`;
    const read = (query: object) => rowsOfStorefront((log) => log.page(shop, { limit: 50, ...query }));
    for (const query of [
      { eventName: "Contact" },
      { outcome: "expired" },
      { outcome: "queued" },
      { outcome: "withheld", reason: "zero-value" },
      { legs: "differing" },
      { channel: "pos" },
      { pixel: other },
    ]) {
      expect(await read(query), JSON.stringify(query)).toBe(0);
    }
    expect(await read({ outcome: "withheld" })).toBeGreaterThan(0);
  });

  test("what hardly any event meets is looked up, and not among all of them", async () => {
    const { shop, pixel } = await aScene(database);
    const only = await pixel();
    const visits = (names: readonly string[], pixels: readonly string[] | null) => database.prisma.$executeRaw`
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels, state,
        reason, consent, body)
      select now() - interval '1 second' * n, now(), storefront_key(${shop}, name, name || n),
        (now() at time zone 'UTC')::date, 1, ${shop}, name, ${pixels}::uuid[],
        ${pixels === null ? "withheld" : null}, ${pixels === null ? "consent-browser-declined" : null},
        '[null, null, null, null, null, null]', jsonb_build_object('event_name', name, 'event_id', name || n,
          'action_source', 'website', 'custom_data', '{}'::jsonb, 'user_data', '{}'::jsonb)
      from unnest(${[...names]}::text[]) with ordinality as visited(name, n)`;
    await visits([...Array<string>(3_000).fill("PageView"), "CompleteRegistration"], null);
    await visits(["ViewContent"], [only]);
    await database.prisma.$executeRaw`
      insert into storefront_queue (pixel, day, position)
      select ${only}::uuid, day, position from storefront_event where shop = ${shop} and event_name = 'ViewContent'`;
    await database.prisma.$executeRaw`
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, storefront_day,
        storefront_position, settled_at)
      select shop, event_name, body->>'event_id', ${only}::uuid, event_time, 'refused', 'no-customer-data', day, position, now()
      from storefront_event where shop = ${shop} and event_name = 'ViewContent'`;
    await database.prisma.$executeRaw`delete from storefront_queue where pixel = ${only}::uuid`;
    await database.prisma.$executeRaw`analyze`;
    for (const query of [{ eventName: "CompleteRegistration" }, { outcome: "refused" }] as const) {
      expect((await createEventLog(database.prisma).page(shop, { limit: 50, ...query })).rows).toHaveLength(1);
      const read = await rowsOfStorefront((log) => log.page(shop, { limit: 50, ...query }));
      expect(read, JSON.stringify(query)).toBeLessThan(100);
    }
  });

  test("what hardly any order is, is looked up, and not among all of them, also if it is a test", async () => {
    const { shop } = await aScene(database);
    const add = (
      id: string,
      of: { state: string; reason: string | null; source: string; isTest?: boolean },
      count = 1,
    ) =>
      database.prisma.$executeRaw`
        insert into event (shop, event_name, event_id, event_time, origin, settings_version, state, reason, is_test, body,
          created_at)
        select ${shop}, 'Purchase', ${id} || n, now(), 'webhook', 1, ${of.state}, ${of.reason}, ${of.isTest ?? false},
          jsonb_build_object('event_name', 'Purchase', 'action_source', ${of.source}::text, 'custom_data', '{}'::jsonb,
            'user_data', '{}'::jsonb), now() - n * interval '1 minute' - ${count}::int * interval '1 day'
        from generate_series(1, ${count}::int) as n`;
    await add("sent.", { state: "delivered", reason: null, source: "website" }, 3_000);
    await add("left.", { state: "withheld", reason: "consent-browser-declined", source: "website" }, 3_000);
    await add("late.", { state: "expired", reason: "too-old", source: "website" });
    await add("trial.", { state: "expired", reason: "bad-value", source: "website", isTest: true });
    await add("till.", { state: "delivered", reason: null, source: "physical_store" });
    await database.prisma.$executeRaw`analyze event`;
    const eventIds = async (query: object) =>
      (await createEventLog(database.prisma).page(shop, { limit: 50, ...query })).rows
        .map(({ eventId }) => eventId)
        .sort();
    for (const [query, expected] of [
      [{ outcome: "expired" }, ["late.1", "trial.1"]],
      [{ reason: "too-old" }, ["late.1"]],
      [{ reason: "bad-value", outcome: "expired" }, ["trial.1"]],
      [{ reason: "bad-value", outcome: "refused" }, []],
      [{ outcome: "refused" }, []],
      [{ channel: "pos" }, ["till.1"]],
      [{ channel: "renewals" }, []],
    ] as const) {
      expect(await eventIds(query), JSON.stringify(query)).toEqual(expected);
      const read = await rowsOf("event", (log) => log.page(shop, { limit: 50, ...query }));
      expect(read, JSON.stringify(query)).toBeLessThan(100);
    }
    expect(await eventIds({ reason: "consent-browser-declined" })).toHaveLength(50);
    // While the figures do not count everything, they say nothing of what is rare.
    await database.prisma.$executeRaw`delete from daily_figure_change where shop = ${shop}`;
    await database.prisma.$executeRaw`insert into figure_backfill values (now(), '', now())`;
    expect(await eventIds({ outcome: "expired" })).toEqual(["late.1", "trial.1"]);
    await database.prisma.$executeRaw`delete from figure_backfill`;
  });

  test("the names of orders, and of the orders of events, are looked up, and not among all of them", async () => {
    const { shop } = await aScene(database);
    await database.prisma.$executeRaw`
      insert into event (shop, event_name, event_id, event_time, origin, settings_version, state, order_id, order_name, body)
      select ${shop}, 'Purchase', 'named.' || n, now(), 'webhook', 1, 'delivered', '9' || n, '#' || n,
        '{"event_name": "Purchase", "action_source": "website", "custom_data": {}, "user_data": {}}'
      from generate_series(1, 20000) as n`;
    await database.prisma.$executeRaw`analyze event`;
    const numbers = Array.from({ length: 50 }, (_, index) => String(index + 1));
    const named = {
      events: numbers.map((n) => ({ eventName: "Purchase", eventId: `named.${n}` })),
      orders: numbers.flatMap((n) => [`91${n}`, `#2${n}`]),
    };
    const known = await createEventLog(database.prisma).namesOfOrders(shop, named);
    expect(known.events[6]).toEqual({ order: { orderId: "97", orderName: "#7" } });
    expect(known.orders.slice(12, 14)).toEqual([
      { orderId: "917", orderName: "#17" },
      { orderId: "927", orderName: "#27" },
    ]);
    expect(await scansOf((log) => log.namesOfOrders(shop, named))).toEqual([]);
    expect(await rowsOf("event", (log) => log.namesOfOrders(shop, named))).toBeLessThan(1_000);
  });

  const rowsOfStorefront = (read: (eventLog: EventLog) => Promise<unknown>) => rowsOf("storefront_event%", read);

  /** How many rows of these tables a read fetches: the connection still counts what it did just before. */
  const rowsOf = (tables: string, read: (eventLog: EventLog) => Promise<unknown>): Promise<number> =>
    database.prisma.$transaction(async (tx) => {
      const fetched = () => tx.$queryRaw<[{ rows: number }]>`
        select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int as rows from pg_stat_xact_user_tables
        where relname like ${tables}`;
      const [before] = await fetched();
      await read(createEventLog(tx as typeof database.prisma));
      return (await fetched())[0].rows - before.rows;
    });

  /** Tables of which the statements of a read have read thousands of rows without an index. */
  const scansOf = (read: (eventLog: EventLog) => Promise<unknown>): Promise<readonly string[]> =>
    database.prisma.$transaction(async (tx) => {
      // A transaction's client is the same without what begins and ends connections.
      await read(createEventLog(tx as typeof database.prisma));
      const rows = await tx.$queryRaw<{ relname: string }[]>`
        select relname::text from pg_stat_xact_user_tables
        where relname in ('event', 'delivery', 'attempt') and seq_tup_read > 1000`;
      return rows.map(({ relname }) => relname);
    });
});
