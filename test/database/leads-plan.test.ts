import { afterAll, expect, test } from "vitest";

import { openDatabase } from "../../app/database/db.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { leadsNamed } from "../../app/leads/find-leads.server.ts";
import { DEFAULT_FUNNEL } from "../../app/settings/funnel.ts";
import { postgresDatabase } from "../support/databases.ts";

const LEADS = 20_000;
const LARGE = "large.myshopify.com" as ShopDomain;
const OTHER_SHOPS = 4_000;
// PostgreSQL plans a prepared statement anew for its first calls, and then for all.
const CALLS = 12;
/** Descending into four indexes, three of them for two names each, takes less than half of it. */
const MOST_BLOCKS = 80;

const opened = postgresDatabase();
afterAll(async () => (await opened).close());

test("a large shop's leads are found by their names among many small shops, without reading all of them", async () => {
  const { url } = await opened;
  // One connection: it has the plan, and says what it read.
  const database = await openDatabase({ url, dataDir: "", maxConnections: 1 });
  const { prisma } = database;
  await prisma.$executeRaw`
    with numbered as (
      select n, case when n <= ${LEADS}::int then 'large' else 'small-' || n end || '.myshopify.com' as shop
      from generate_series(1, ${LEADS + OTHER_SHOPS}::int) n
    ), shops as (
      insert into shop (domain, ingest_key) select distinct shop, shop from numbered
    )
    insert into lead (shop, lead_id, kind, action, sent_as, happened_at, external_id, user_data, settings_version)
    select shop, 'lead.' || n, 'form', 'contact', 'Lead', now(), 'external-' || n,
      jsonb_build_object('em', jsonb_build_array('em-' || n), 'ph', jsonb_build_array('ph-' || n)), 1
    from numbered`;
  await prisma.$executeRawUnsafe("analyze lead");
  const blocks = async () => {
    await prisma.$queryRaw`select pg_stat_force_next_flush()::text`;
    const [row] = await prisma.$queryRaw<{ blocks: number }[]>`
      select (heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::int as blocks
      from pg_statio_user_tables where relname = 'lead'`;
    return row?.blocks ?? Number.NaN;
  };

  const costs: number[] = [];
  for (let n = 1; n <= CALLS; n += 1) {
    const before = await blocks();
    const found = await leadsNamed(prisma, LARGE, {
      names: [
        { by: "event-id", value: `lead.${n}` },
        { by: "email", value: `em-${n}` },
        { by: "phone", value: `ph-${n}` },
        { by: "external-id", value: `external-${n}` },
      ],
      funnel: DEFAULT_FUNNEL,
    });
    costs.push((await blocks()) - before);
    expect(found.map((leads) => leads.map(({ lead }) => lead.leadId))).toEqual(Array(4).fill([`lead.${n}`]));
  }
  expect(Math.max(...costs)).toBeLessThan(MOST_BLOCKS);
  await database.close();
});
