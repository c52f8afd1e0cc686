import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pg from "pg";

import type { Database } from "../../app/database/db.server.ts";
import { migrate, MIGRATIONS_FOLDER } from "../../app/database/migrate.server.ts";

/** The last migration of the version that this ledger is from: one table for all events, and no daily figures. */
const LAST_OF_OLDER = "20261123000014_publish_tried";
// PostgreSQL: deadlock_detected.
const DEADLOCK = "40P01";
const SHOP = "older.myshopify.com";
const PIXEL = "6a4f3b0e-52a5-4b0c-9d2a-6f0a5f8f3a11";

/** Applies today's migrations one after the other; `step` runs each, which it is given by name. */
export async function migrateStepwise(
  database: Database,
  step: (name: string, apply: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const entries = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const folder = await mkdtemp(join(tmpdir(), "tandem-migrations-"));
  try {
    for (const name of names.sort()) {
      await cp(join(MIGRATIONS_FOLDER, name), join(folder, name), { recursive: true });
      if (name === LAST_OF_OLDER) await migrate(database, folder);
      if (name > LAST_OF_OLDER) await step(name, () => migrate(database, folder));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The tables that every order, receipt and visit is written into. */
export const INGEST_TABLES = ["event", "delivery", "browser_context", "webhook_receipt", "attempt"] as const;

/** How many of the ledger's orders wait for their payment. */
export const WAITING = 20;

const BODY = JSON.stringify({
  event_name: "ViewContent",
  event_time: 1_763_000_000,
  action_source: "website",
  event_source_url: "https://older.example/products/green-tea",
  user_data: {
    fbp: "fb.1.1763000000000.1234567890",
    client_user_agent: "Mozilla/5.0",
    client_ip_address: "203.0.113.9",
  },
  custom_data: { value: 19.9, currency: "USD", content_ids: ["41001"] },
});

/** A ledger of the older version, which must have its tables: each row in one statement. */
export async function fillOlderLedger({ prisma }: Database, rows: number): Promise<void> {
  await prisma.$executeRaw`insert into shop (domain, ingest_key) values (${SHOP}, 'older-key')`;
  await prisma.$executeRaw`insert into settings (shop, version, saved_by) values (${SHOP}, 1, 'test')`;
  await prisma.$executeRaw`insert into destination (id, shop, pixel_id) values (${PIXEL}::uuid, ${SHOP}, '1234567890123456')`;
  await prisma.$executeRaw`
    insert into event (shop, event_name, event_id, event_time, origin, settings_version, order_id, checkout_token, state,
      reason, body, created_at, settled_at)
    select ${SHOP}, case when n <= ${WAITING}::int then 'Purchase' else 'ViewContent' end, 'older.' || n, at, 'collector', 1,
      n::text, md5(n::text), case when n <= ${WAITING}::int then 'waiting-for-payment' else 'delivered' end, null,
      jsonb_set(${BODY}::jsonb, '{event_id}', to_jsonb('older.' || n)), at,
      case when n > ${WAITING}::int then at end
    from generate_series(1, ${rows}::int) n cross join lateral (select now() - n * interval '10 seconds' as at) made`;
  await prisma.$executeRaw`
    insert into delivery (shop, event_name, event_id, destination_id, event_time, state, attempts, settled_at)
    select shop, event_name, event_id, ${PIXEL}::uuid, event_time, 'delivered', 1, event_time from event
    where state = 'delivered'`;
  await prisma.$executeRaw`
    insert into browser_context (shop, checkout_token, receipt) select ${SHOP}, md5(n::text), '{}'
    from generate_series(1, ${Math.ceil(rows / 10)}::int) n`;
  await prisma.$executeRaw`
    insert into webhook_receipt (shop, topic, webhook_id) select ${SHOP}, 'orders/create', n::text
    from generate_series(1, ${Math.ceil(rows / 10)}::int) n`;
  await prisma.$executeRaw`
    insert into attempt (shop, destination_id, started_at, duration_ms, events, verdict)
    select ${SHOP}, ${PIXEL}::uuid, now(), 100, 10, 'accepted' from generate_series(1, ${Math.ceil(rows / 10)}::int) n`;
  await prisma.$executeRaw`analyze`;
}

/** Whoever sent what the older version could not store, because a migration had its tables, sends it again. */
async function writeAgain(client: pg.Client, sql: string, values: readonly unknown[]): Promise<void> {
  const isUndone = await client.query(sql, [...values]).then(
    () => false,
    (error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === DEADLOCK) return true;
      throw error;
    },
  );
  if (isUndone) await writeAgain(client, sql, values);
}

/** One event as the older version writes it, from the webhook to Meta's answer, statement by statement. */
export async function deliverAsOlder(client: pg.Client): Promise<string> {
  const id = `beside.${randomUUID()}`;
  const key = [SHOP, id];
  const write = (sql: string, values: readonly unknown[]) => writeAgain(client, sql, values);
  await write(
    `insert into browser_context (shop, checkout_token, receipt) values ($1, $2, '{"data": {}, "leg": {"sent": true}}')
     on conflict (shop, checkout_token) do update set receipt = excluded.receipt`,
    key,
  );
  await write(
    `with fresh_webhook as (
       insert into webhook_receipt (shop, topic, webhook_id) values ($1, 'orders/paid', $2) on conflict do nothing returning shop
     )
     insert into event as old (shop, event_name, event_id, event_time, origin, settings_version, order_id, checkout_token,
       region, state, reason, body, browser_data, browser_leg, browser_seen_at, signal, net_revenue, decide_at, created_at,
       settled_at)
     select shop, 'Purchase', $2, now(), 'webhook', 1, $2, $2, 'US', 'joining', null, '{"user_data": {}}'::jsonb, null, null,
       null, null, null, now(), now(), null from fresh_webhook
     on conflict (shop, event_name, event_id) do update set state = excluded.state where old.state = 'waiting-for-payment'`,
    key,
  );
  await write(
    `with outbox as (
       insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, due_at)
       select shop, event_name, event_id, $3::uuid, event_time, 'queued', null, now() from event
       where shop = $1 and event_name = 'Purchase' and event_id = $2 on conflict do nothing
     )
     update event set state = 'queued', decide_at = null, consent = '{}' where shop = $1 and event_name = 'Purchase' and event_id = $2`,
    [...key, PIXEL],
  );
  await write(
    `update delivery set claimed_by = 'older', claimed_until = now() + interval '20 seconds'
     where shop = $1 and event_id = $2 and destination_id = $3::uuid and state = 'queued'`,
    [...key, PIXEL],
  );
  await write(
    `with request as (
       insert into attempt (shop, destination_id, started_at, duration_ms, events, http_status, verdict)
       values ($1, $3::uuid, now(), 100, 1, 200, 'accepted') returning id
     ), written as (
       update delivery set state = 'delivered', attempts = attempts + 1, attempt_ids = attempt_ids || (select id from request),
         claimed_by = null, claimed_until = null, settled_at = now()
       where (shop, event_name, event_id, destination_id) = ($1, 'Purchase', $2, $3::uuid) and claimed_by = 'older'
       returning event_id
     )
     update event set state = 'delivered', settled_at = now() from written
     where shop = $1 and event_name = 'Purchase' and event.event_id = written.event_id and event.state = 'queued'`,
    [...key, PIXEL],
  );
  return id;
}
