import { shopDomain } from "../../../app/event-contract/event-id.ts";
import { createApiKeys } from "../../../app/leads/api-keys.server.ts";
import { type BenchDatabase, freshDatabase, seedShops } from "./database.ts";
import { shopName } from "./orders.ts";
import { costing, startApp } from "./running-app.ts";
import { atMost, figuresOf, medianOf, repeated, type Section } from "./section.ts";
import { percentile, sortedCopy } from "./statistics.ts";

const STAGES = 500;
const KEYS = ["p50Ms", "p95Ms", "slowestMs", "stagesPerSecond", "appUs", "databaseUs"] as const;
const SHOP = shopName(0);

type Way = { readonly database: BenchDatabase; readonly url: string; readonly faults: string[] };

/** 500 stages in one request, each of another lead that reaches it for the first time: the most work that one makes. */
export const leadsSection: Section = async (bench) => {
  const faults: string[] = [];
  const database = await freshDatabase("postgresql");
  await database.use((open) => seedShops(open, 1));
  const app = await startApp(database, { graphUrl: "http://127.0.0.1:9", role: "web" });
  const way = { database, url: `http://127.0.0.1:${await app.ask("port", undefined)}`, faults };
  const requests = bench.count(20, 10);
  bench.say(`leads: ${requests} requests with ${STAGES} stages`);
  const results = await repeated(bench.runs, async (run) => {
    await seedLeads(database, { first: run * requests * STAGES, count: requests * STAGES });
    // A key of its own for each run, because a key has 60 requests a minute.
    const key = await aKey(database);
    const { result, cost } = await costing([app], database, () => inTurn(way, { run, requests, key }));
    const each = (us: number): number => us / (requests * STAGES);
    return { ...result, appUs: each(cost.appUs), databaseUs: each(cost.databaseUs) };
  });
  faults.push(...(await missing(database, (bench.runs + 1) * requests * STAGES)));
  await app.end();
  await database.drop();
  const rows = [{ name: `POST /api/leads/stages, ${STAGES} stages`, figures: figuresOf(results, KEYS) }];
  return {
    title: `leads: ${STAGES} stages in one request, one request after another, PostgreSQL`,
    columns: [
      { key: "p50Ms", title: "p50 ms", digits: 0 },
      { key: "p95Ms", title: "p95 ms", digits: 0 },
      { key: "slowestMs", title: "slowest ms", digits: 0 },
      { key: "stagesPerSecond", title: "stages/s", digits: 0 },
      { key: "appUs", title: "app CPU us/stage", digits: 0 },
      { key: "databaseUs", title: "db CPU us/stage", digits: 0 },
    ],
    rows,
    targets: { "leads.p95": atMost(300, medianOf(rows, 0, "p95Ms"), `ms for ${STAGES} stages`) },
    faults,
    notes: ["Each stage is judged, and stored with its event, its decision and its delivery, before the answer."],
  };
};

type Round = { readonly run: number; readonly requests: number; readonly key: string };

async function inTurn({ url, faults }: Way, { run, requests, key }: Round) {
  const times: number[] = [];
  for (let request = 0; request < requests; request += 1) {
    const body = bodyOf((run * requests + request) * STAGES);
    const began = performance.now();
    const answer = await fetch(`${url}/api/leads/stages`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    });
    const text = await answer.text();
    times.push(performance.now() - began);
    const accepted = text.split('"outcome":"accepted"').length - 1;
    if (accepted !== STAGES) faults.push(`${answer.status}: ${accepted} of ${STAGES} stages were accepted`);
  }
  const sorted = sortedCopy(times);
  const sum = times.reduce((total, ms) => total + ms, 0);
  return {
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    slowestMs: sorted.at(-1) ?? Number.NaN,
    stagesPerSecond: (requests * STAGES * 1_000) / sum,
  };
}

function bodyOf(first: number): string {
  const at = new Date().toISOString();
  const stages = Array.from({ length: STAGES }, (_, n) => ({
    lead: { externalId: `deal-${first + n}` },
    stage: "qualified",
    at,
    value: 40,
    currency: "EUR",
  }));
  return JSON.stringify({ crm: "Bench", stages });
}

type Span = { readonly first: number; readonly count: number };

/** Leads of forms, sent an hour ago by people who agreed. */
const seedLeads = (database: BenchDatabase, { first, count }: Span): Promise<unknown> =>
  database.use(async ({ prisma }) => {
    await prisma.$executeRaw`
      insert into lead (shop, lead_id, kind, action, sent_as, happened_at, external_id, user_data, signal, settings_version)
      select ${SHOP}, 'lead-' || n, 'form', 'Contact', 'Contact', now() - interval '1 hour', 'deal-' || n,
        jsonb_build_object('em', jsonb_build_array(encode(sha256(('person-' || n)::bytea), 'hex'))),
        '{"marketing": true, "saleOfData": true, "at": 1763000000000}', 1
      from generate_series(${first}::int, ${first + count - 1}::int) n`;
    await prisma.$executeRaw`vacuum (analyze) lead`;
  });

const aKey = (database: BenchDatabase): Promise<string> =>
  database.use(async ({ prisma }) => {
    const shop = shopDomain(SHOP);
    if (shop === null) throw new Error(`${SHOP} is no shop`);
    const keys = createApiKeys(prisma, () => new Date());
    return (await keys.make(shop, { name: "bench", scopes: ["leads:write"], by: "bench" })).key;
  });

const missing = (database: BenchDatabase, reported: number): Promise<readonly string[]> =>
  database.use(async ({ prisma }) => {
    const where = { shop: SHOP };
    const stages = await prisma.stageReport.count({ where: { ...where, outcome: "accepted" } });
    const events = await prisma.event.count({ where: { ...where, eventName: "LeadStage" } });
    const isWhole = stages === reported && events === reported;
    return isWhole ? [] : [`of ${reported} stages ${stages} are stored, with ${events} events`];
  });
