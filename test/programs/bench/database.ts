import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Prisma } from "@prisma/client";
import { postgresDatabase } from "../../support/databases.ts";
import { aDataFolder, appEnvironment } from "../../simulators/app-process.ts";
import { type Database, openDatabase } from "../../../app/database/db.server.ts";
import { readStoreEnv } from "../../../app/env/env.server.ts";
import { migrate } from "../../../app/database/migrate.server.ts";
import { createSealer } from "../../../app/database/sealing.server.ts";
import { mapOrder } from "./map-order.ts";
import { pixelOf, shopName, tokenOf } from "./orders.ts";

export type DatabaseKind = "postgresql" | "pglite";

/** A fresh database that an app process can be started on. */
export type BenchDatabase = {
  readonly kind: DatabaseKind;
  /** For the app's environment. */
  readonly env: (graphUrl: string, more?: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
  /** Opens the database briefly; the embedded one only while no app uses it. */
  readonly use: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  /**
   * Processor time of the server's connections to this database up to now; 0 where it runs inside the app. Those that have
   * ended count as they were when this was last asked.
   */
  readonly cpuUs: () => number;
  readonly drop: () => Promise<void>;
};

export async function freshDatabase(kind: DatabaseKind): Promise<BenchDatabase> {
  return kind === "postgresql" ? freshPostgres() : freshEmbedded();
}

async function freshPostgres(): Promise<BenchDatabase> {
  const database = await postgresDatabase();
  const url = database.url ?? "";
  const name = new URL(url).pathname.slice(1);
  return {
    kind: "postgresql",
    env: (graphUrl, more) =>
      appEnvironment({ dataDir: "unused", graphUrl, port: 0, env: { DATABASE_URL: url, ...more } }),
    use: (work) => work(database),
    cpuUs: connectionsCpuUs(name),
    drop: database.close,
  };
}

async function freshEmbedded(): Promise<BenchDatabase> {
  const folder = await aDataFolder();
  return {
    kind: "pglite",
    env: (graphUrl, more) => appEnvironment({ dataDir: folder.path, graphUrl, port: 0, ...(more && { env: more }) }),
    use: async (work) => {
      const database = await openDatabase({ url: undefined, dataDir: folder.path });
      try {
        await migrate(database);
        return await work(database);
      } finally {
        await database.close();
      }
    },
    cpuUs: () => 0,
    drop: folder.remove,
  };
}

// Linux counts processor time in hundredths of a second (CLK_TCK) on every platform that Node supports.
const TICK_US = 10_000;

/**
 * PostgreSQL names the database in each connection's command line. What the server's own helpers use is not in it: an
 * autovacuum falls into whichever run it likes.
 */
function connectionsCpuUs(database: string): () => number {
  // The app renews its connections every five minutes, so those that are gone have to be remembered.
  const seen = new Map<string, number>();
  return () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        if (!command.includes(database) || command.includes("autovacuum")) continue;
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
        const [user, system, startedAt] = [fields[11], fields[12], fields[19]];
        seen.set(`${pid} of ${startedAt}`, (Number(user) + Number(system)) * TICK_US);
      } catch {
        // The process has ended since.
      }
    }
    return [...seen.values()].reduce((sum, us) => sum + us, 0);
  };
}

/** Shops with one pixel each, as their merchants' clicks would leave them. Orders wait 90 s for a receipt. */
export async function seedShops({ prisma }: Database, count: number): Promise<void> {
  const sealer = createSealer(
    readStoreEnv(appEnvironment({ dataDir: "unused", graphUrl: "http://127.0.0.1", port: 0 })).encryptionKeys,
  );
  const rows = Array.from({ length: count }, (_, index) => ({
    shop: shopName(index),
    key: `bench-key-${index}`,
    id: randomUUID(),
    pixel: pixelOf(index),
    token: sealer.bound("destination-token", shopName(index), pixelOf(index)).seal(tokenOf(index)),
  }));
  const json = JSON.stringify(rows);
  await prisma.$executeRaw`insert into shop (domain, ingest_key)
    select shop, key from json_to_recordset(${json}::json) as row(shop text, key text)`;
  await prisma.$executeRaw`insert into settings (shop, version, saved_by)
    select shop, 1, 'bench' from json_to_recordset(${json}::json) as row(shop text)`;
  await prisma.$executeRaw`insert into destination (id, shop, pixel_id, sealed_token)
    select id, shop, pixel, token from json_to_recordset(${json}::json) as row(id uuid, shop text, pixel text, token text)`;
}

type Span = { readonly first: number; readonly count: number; readonly shops: number };

const RECEIPT = {
  data: { value: 75, currency: "USD" },
  leg: { sent: true },
  fbp: "fb.1.1763000000000.1234567890",
  fbc: "fb.1.1763000000000.IwAR0_aBc-D",
  ip: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0",
  url: "https://bench.example/checkouts/thank-you",
  referrer: null,
  signal: { marketing: true, saleOfData: true, at: 1_763_000_000_000 },
};

/** The browser's receipts of orders to come: with cookies, an address and a granted consent. */
export async function seedReceipts({ prisma }: Database, { first, count, shops }: Span): Promise<void> {
  const receipt = JSON.stringify({ ...RECEIPT, receivedAt: new Date().toISOString() });
  await prisma.$executeRaw`insert into browser_context (shop, checkout_token, receipt)
    select 'bench-' || n % ${shops}::int || '.myshopify.com', lpad(to_hex(n), 32, '0'),
      ${receipt}::jsonb || jsonb_build_object('shop', 'bench-' || n % ${shops}::int || '.myshopify.com')
    from generate_series(${first}::int, ${first + count - 1}::int) n`;
}

/** Whether the pixels may be sent to; a backlog is made while they may not. */
export const openPixels = ({ prisma }: Database, isOpen: boolean): Promise<number> =>
  prisma.$executeRaw`update destination set send_after = case when ${isOpen} then null else now() + interval '1 day' end`;

/** Events that are decided and due, as an order with its receipt leaves them. */
export async function seedBacklog({ prisma }: Database, { first, count, shops }: Span): Promise<void> {
  const { body, reported } = await anEvent();
  await prisma.$executeRaw`
    with made as (
      ${numbered(first, count, shops)}
    ), events as (
      insert into event (shop, event_name, event_id, event_time, origin, settings_version, order_id, checkout_token,
        region, state, body, browser_data, browser_leg, browser_seen_at, signal, consent)
      select shop, 'Purchase', id, now(), 'webhook', 1, (6200000000000 + n)::text, lpad(to_hex(n), 32, '0'),
        'US', 'queued', jsonb_set(${body}::jsonb, '{event_id}', to_jsonb(id)), reported->'data', reported->'leg', now(),
        reported->'signal', reported->'consent'
      from made cross join (select ${reported}::jsonb as reported) known
    )
    insert into delivery (shop, event_name, event_id, destination_id, event_time)
    select made.shop, 'Purchase', made.id, destination.id, now() from made join destination using (shop)`;
  await prisma.$executeRaw`analyze`;
}

/**
 * A ledger that has grown for thirteen months: delivered, the oldest first, and without the person, whom housekeeping has
 * taken out of nearly all of it. Its orders lie far from those that a load makes.
 */
export async function seedLedger({ prisma }: Database, { first, count, shops }: Span): Promise<void> {
  const { body, reported } = await anEvent();
  for (let from = first; from < first + count; from += AT_ONCE) {
    await prisma.$executeRaw`
      with made as (
        ${numbered(OLD_ORDERS + from, Math.min(AT_ONCE, first + count - from), shops)}
      ), events as (
        insert into event (shop, event_name, event_id, event_time, origin, settings_version, order_id, checkout_token,
          region, state, body, browser_data, browser_leg, browser_seen_at, signal, consent, created_at, settled_at)
        select shop, 'Purchase', id, at, 'webhook', 1, (6200000000000 + n)::text, lpad(to_hex(n), 32, '0'),
          'US', 'delivered', jsonb_set(emptied, '{event_id}', to_jsonb(id)), reported->'data', reported->'leg', at,
          reported->'signal', reported->'consent', at, at
        from (
          select *, now() - interval '395 days' * (1 - (n - ${OLD_ORDERS}::int)::float8 / 1000000) as at from made
        ) aged cross join (
          select ${reported}::jsonb as reported, (${body}::jsonb - 'event_source_url') || '{"user_data": {}}' as emptied
        ) known
      )
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, attempts, settled_at)
      select made.shop, 'Purchase', made.id, destination.id, now(), 'delivered', 1, now()
      from made join destination using (shop)`;
  }
  // What autovacuum would do in the middle of a measurement, done before it.
  await prisma.$executeRaw`vacuum (analyze)`;
}

const AT_ONCE = 50_000;
const OLD_ORDERS = 100_000_000;

const numbered = (first: number, count: number, shops: number): Prisma.Sql => Prisma.sql`
  select n, 'bench-' || n % ${shops}::int || '.myshopify.com' as shop,
    'purchase.bench-' || n % ${shops}::int || '.' || 6200000000000 + n as id
  from generate_series(${first}::int, ${first + count - 1}::int) n`;

/** What Meta is sent of one order that a browser reported too, and what the ledger keeps beside it; both as JSON. */
export async function anEvent(): Promise<{ readonly body: string; readonly reported: string }> {
  const { body } = await mapOrder(0);
  const { fbp, fbc, ip, userAgent, url, data, leg, signal } = RECEIPT;
  const person = { ...body.user_data, fbp, fbc, client_ip_address: ip, client_user_agent: userAgent };
  const consent = { decision: "send", rule: "granted", region: "US", signal, limitedDataUse: false };
  return {
    body: JSON.stringify({ ...body, user_data: person, event_source_url: url }),
    reported: JSON.stringify({ data, leg, signal, consent }),
  };
}

/** Deliveries that have not ended; cheap enough to ask again and again. */
export const openDeliveries = async ({ prisma }: Database): Promise<number> =>
  (await prisma.delivery.count({ where: { state: "queued" } })) + (await prisma.storefrontQueue.count());

/** Position in the server's write-ahead log, in bytes. */
export async function walBytes({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<{ bytes: bigint }[]>`
    select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as bytes`;
  return Number(row?.bytes ?? Number.NaN);
}

/** What the database's tables and indexes take up. */
export async function diskBytes({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<{ bytes: bigint }[]>`select pg_database_size(current_database()) as bytes`;
  return Number(row?.bytes ?? Number.NaN);
}

/** Everything in the ledger: what orders made, and storefront events. */
export const storedEvents = async ({ prisma }: Database): Promise<number> =>
  (await prisma.event.count()) + (await prisma.storefrontEvent.count());
