import type { Database } from "../../../app/database/db.server.ts";
import { EVENTS_KEYS, type EventsCost, type EventsScene, measuring, openTandem, SHOPS } from "./events-scene.ts";
import { type Bench, figuresOf, repeated, type Row } from "./section.ts";
import { measured } from "./statistics.ts";

const FEW = 100_000;
const MANY = 10_000_000;
const MANY_QUICK = 1_000_000;

type Grown = Awaited<ReturnType<typeof measuring>> & { readonly name: string; readonly scene: EventsScene };
type Growth = { readonly rows: readonly Row[]; readonly ratio: number };

/** What an event costs app and database in a ledger with few rows and in one with many, in turns. */
export async function eventsGrowth(bench: Bench, faults: string[]): Promise<Growth> {
  const lengths = [FEW, bench.rows ?? bench.count(MANY, MANY_QUICK)];
  const scenes: Grown[] = [];
  for (const length of lengths) {
    const name = `Tandem, PostgreSQL, ${length.toExponential()} rows before`;
    bench.say(`events: ${name}`);
    const scene = await openTandem({ seed: (open) => seedStorefront(open, length) })();
    scenes.push({ name, scene, ...(await measuring(scene, { count: bench.count(12_000, 3_000), faults })) });
  }
  const rounds = await repeated(bench.runs, async () => {
    const costs: EventsCost[] = [];
    for (const { once } of scenes) costs.push(await once());
    return costs;
  });
  for (const { scene, end } of scenes) {
    await end();
    await scene.close();
  }
  const ratios = rounds.map((costs) => {
    const [few = Number.NaN, many = Number.NaN] = costs.map(({ appUs, databaseUs }) => appUs + databaseUs);
    return many / few;
  });
  return {
    rows: scenes.map(({ name }, n) => ({
      name,
      figures: figuresOf(
        rounds.flatMap((costs) => costs.slice(n, n + 1)),
        EVENTS_KEYS,
      ),
    })),
    ratio: measured(ratios).median,
  };
}

const AT_ONCE = 200_000;
const DAYS = 14;

const BODY = {
  event_name: "ViewContent",
  event_id: "ID",
  event_time: 1_763_000_000,
  action_source: "website",
  event_source_url: "https://bench.example/products/green-tea?variant=41001",
  user_data: {
    fbp: "fb.1.1763000000000.1234567890",
    fbc: "fb.1.1763000000000.IwAR0_aBc-D",
    client_ip_address: "203.0.113.9",
    client_user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/153.0.0.0 Safari/537.36",
  },
  custom_data: { value: 19.9, currency: "USD", content_ids: ["41001"], content_type: "product", num_items: 1 },
};

/** Delivered storefront events of the days that are kept in full, the oldest first. */
async function seedStorefront({ prisma }: Database, count: number): Promise<void> {
  const consent = JSON.stringify([
    "send",
    "browser-granted",
    true,
    true,
    1_763_000_000_000,
    "2026-11-01T00:00:00.000Z",
  ]);
  await prisma.$queryRaw`
    select storefront_make_days(((now() at time zone 'UTC')::date - ${DAYS}::int), (now() at time zone 'UTC')::date)`;
  for (let from = 0; from < count; from += AT_ONCE) {
    await prisma.$executeRaw`
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels,
        browser_leg, consent, body, figure_bits)
      select at, at, gen_random_uuid(), (at at time zone 'UTC')::date, 1, shop, 'ViewContent', array[destination.id],
        '{"sent": true}', ${consent}::json, replace(${JSON.stringify(BODY)}, 'ID', 'viewcontent.' || n)::json, 128
      from generate_series(${from}::int, ${Math.min(from + AT_ONCE, count) - 1}::int) n
        cross join lateral (
          select 'bench-' || n % ${SHOPS}::int || '.myshopify.com' as of_shop,
            now() - interval '1 day' * ${DAYS}::int * (1 - n::float8 / ${count}::int) as at
        ) made join destination on destination.shop = of_shop`;
  }
  // What autovacuum would do in the middle of a measurement, done before it.
  await prisma.$executeRaw`vacuum (analyze)`;
}
