import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccess } from "../../app/access/access.server.ts";
import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import { createEventLog, type EventLog } from "../../app/ledger/event-log.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import type { EventQuery } from "../../app/server/admin-ports.ts";
import { eventListPorts } from "../../app/server/event-list-ports.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aProfile } from "../unit/dashboard/samples.ts";
import { anAttempt, anId, aScene, claimAs, CONSENT, NOON, type Scene } from "../support/store-scenes.ts";

const log = createLogger({ level: "silent", name: "test" });
const DAY_S = 86_400;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
] as const)("the list of events, on %s", (_name, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  const portsOf = ({ shop }: Scene) => {
    const pixelRows = () => database.prisma.pixel.findMany({ where: { shop } });
    return eventListPorts(
      {
        eventLog: createEventLog(database.prisma),
        dailyFigures: createDailyFigures(database.prisma),
        access: createAccess(database.prisma, { now: () => NOON, log }),
        profile: async () => {
          const [sample] = aProfile().pixels;
          const pixels = (await pixelRows()).map(({ id, metaPixelId }) => ({ ...sample, shop, id, metaPixelId }));
          return { ...aProfile({ shop }), pixels: pixels as ReturnType<typeof aProfile>["pixels"] };
        },
        now: () => NOON,
      },
      { by: "shopify-user 1" },
    );
  };

  /** One delivered, one withheld, one still on its way, one of last month, and one at the till. */
  async function ended() {
    const made = await aScene(database);
    const { store, event, shop, pixel, queued, key } = made;
    const only = await pixel();
    await queued(1, [only]);
    await store.addReceipt(made.receipt(1));
    const attemptIds = [await store.recordAttempt({ ...anAttempt(shop, only), traceId: "T-77" })];
    const claims = await store.claim(only, claimAs("one"));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: "T-77", attemptIds })),
      NOON,
    );
    await store.add(event(2), null);
    const consent = { ...CONSENT, decision: "withhold", rule: "browser-declined" } as const;
    await store.decide([{ kind: "withhold", key: key(2), reason: "consent-browser-declined", consent }], NOON);
    await store.add(event(3), null);
    const lastMonth = { time_s: NOON.getTime() / 1000 - 20 * DAY_S, state: "withheld", reason: "zero-value" } as const;
    await store.add(event(4, lastMonth), null);
    const till = event(5, { name: "Subscribe", id: anId("subscribe.5") });
    await store.add({ ...till, body: { ...till.body, action_source: "physical_store" } }, null);
    const [row] = await database.prisma.pixel.findMany({ where: { shop } });
    return { made, ports: portsOf(made), shop, pixel: only, metaPixelId: row?.metaPixelId ?? "" };
  }

  test("shows what every field of the filter leaves, with the totals of just those", async () => {
    const { ports, shop, pixel, metaPixelId } = await ended();
    const orders = async (query: EventQuery) =>
      (await ports.events(shop, query)).rows.map(({ orderId }) => orderId).sort();
    const total = async (query: EventQuery) => (await ports.eventTotals(shop, query))?.events;
    expect(await orders({})).toEqual(["1", "2", "3", "4", "5"]);
    const filters: readonly (readonly [EventQuery, readonly string[]])[] = [
      [{ outcome: "withheld" }, ["2", "4"]],
      [{ outcome: "delivered" }, ["1"]],
      [{ reason: "zero-value" }, ["4"]],
      [{ outcome: "withheld", period: "7" }, ["2"]],
      [{ outcome: "withheld", period: "30" }, ["2", "4"]],
      [{ legs: "both" }, ["1"]],
      [{ legs: "matched" }, ["1"]],
      [{ outcome: "eligible" }, ["1"]],
      [{ legs: "none" }, ["2", "4"]],
      [{ pixel }, ["1"]],
      [{ pixel: metaPixelId, outcome: "delivered" }, ["1"]],
      [{ pixel: "nobody's" }, []],
    ];
    for (const [query, expected] of filters) {
      expect(await orders(query), JSON.stringify(query)).toEqual(expected);
      expect(await total(query), JSON.stringify(query)).toBe(expected.length);
    }
    expect(await orders({ channel: "pos" })).toEqual(["5"]);
    expect(await ports.eventTotals(shop, { channel: "pos" })).toBeNull();
    expect(await orders({ eventName: "Subscribe" })).toEqual(["5"]);
    expect(await orders({ outcome: "joining" })).toEqual(["3", "5"]);
  });

  test("finds an event by the trace ID of Meta's answer, in its own shop only", async () => {
    const { ports, shop } = await ended();
    const { rows } = await ports.events(shop, { search: "T-77" });
    expect(rows.map(({ orderId }) => orderId)).toEqual(["1"]);
    const other = await aScene(database);
    expect((await portsOf(other).events(other.shop, { search: "T-77" })).rows).toEqual([]);
  });

  test("says which pixel an event waits for", async () => {
    const made = await aScene(database);
    const blocked = await made.pixel("blocked");
    await made.queued(1, [blocked]);
    const { rows } = await portsOf(made).events(made.shop, {});
    expect(rows).toMatchObject([{ state: "queued", heldBy: "blocked" }]);
    const detail = await createEventLog(database.prisma).detail(made.shop, "Purchase", made.key(1).eventId);
    expect(detail?.heldBy).toBe("blocked");
  });

  test("is exported as it is filtered, with nothing of the customer's and nothing that a spreadsheet would run", async () => {
    const { ports, shop, made } = await ended();
    await made.store.add(made.event(6, { state: "withheld", reason: "=cmd()" as never }), null);
    let text = "";
    for await (const part of await ports.exportEvents(shop, { outcome: "withheld" })) text += part;
    const [header, ...lines] = text.split("\r\n");
    expect(header).toBe("event,event_id,order_id,happened_at,outcome,reason,value,currency,browser_leg,legs,test");
    expect(lines).toHaveLength(3);
    expect(text).toContain("consent-browser-declined,12.3,EUR,unseen,none,false");
    expect(text).toContain("'=cmd()");
    expect(text).not.toMatch(/aaaa|203\.0\.113/);
  });
});

describe("on PostgreSQL with many events", () => {
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

  /** How many rows of storefront events a read fetches: the connection still counts what it did just before. */
  const rowsOfStorefront = (read: (eventLog: EventLog) => Promise<unknown>): Promise<number> =>
    database.prisma.$transaction(async (tx) => {
      const fetched = () => tx.$queryRaw<[{ rows: number }]>`
        select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int as rows from pg_stat_xact_user_tables
        where relname like 'storefront_event%'`;
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
