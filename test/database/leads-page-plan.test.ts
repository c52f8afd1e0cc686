import { Prisma } from "@prisma/client";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { countLeads, listLeads, listRefusedReports } from "../../app/leads/list-leads.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";

const LEADS = 100_000;
const OTHERS = 200_000;
const LARGE = "large.myshopify.com" as ShopDomain;
const ENDS = new Set(["disqualified"]);
const LIMIT = 50;

type Plan = { readonly "Node Type": string; readonly "Relation Name"?: string; readonly Plans?: readonly Plan[] };
type Explained = { readonly Plan: Plan };

let database: TestDatabase;

beforeAll(async () => {
  database = await postgresDatabase();
  const { prisma } = database;
  // One shop with a hundred thousand leads, beside two thousand with a hundred each. Half of them are qualified, one in
  // ten is won, and one in twenty had a report without effect.
  await prisma.$executeRaw`
    with numbered as (
      select n, case when n <= ${LEADS}::int then ${LARGE} else 'small-' || n % 2000 || '.myshopify.com' end as shop
      from generate_series(1, ${LEADS + OTHERS}::int) n
    ), shops as (
      insert into shop (domain, ingest_key) select distinct shop, shop from numbered
    ), leads as (
      insert into lead (shop, lead_id, kind, action, sent_as, happened_at, external_id, user_data, signal, settings_version)
      select shop, 'lead.' || n, 'form', case n % 3 when 0 then 'Lead' else 'Contact' end, 'Lead',
        now() - n * interval '1 minute', 'deal-' || n,
        jsonb_build_object('em', jsonb_build_array(encode(sha256(n::text::bytea), 'hex'))),
        '{"marketing": true, "saleOfData": true, "at": 1763000000000}', 1
      from numbered
    )
    insert into lead_stage (shop, lead_id, named_by, named, stage, happened_at, source, idempotency_key, digest, outcome, received_at)
    select shop, 'lead.' || n, 'event-id', 'lead.' || n, stage, now() - n * interval '1 minute' + minutes * interval '1 minute', 'api',
      n || stage || outcome, '', outcome, now() - n * interval '1 minute'
    from numbered join (values ('lead', 'accepted', 1, 0), ('qualified', 'accepted', 2, 60), ('won', 'accepted', 10, 600),
      ('won', 'out-of-order', 20, 30)) as step(stage, outcome, each, minutes) on n % each = 0`;
  await prisma.$executeRawUnsafe("vacuum (analyze) lead");
  await prisma.$executeRawUnsafe("vacuum (analyze) lead_stage");
});
afterAll(() => database.close());

/** The statements of a read with the plans that PostgreSQL makes of them. */
async function plansOf(read: (prisma: TestDatabase["prisma"]) => Promise<unknown>): Promise<readonly Explained[]> {
  const { prisma } = database;
  const statements: Prisma.Sql[] = [];
  const watched = new Proxy(prisma, {
    get: (target, name, receiver: unknown): unknown =>
      name === "$queryRaw"
        ? (strings: TemplateStringsArray, ...values: unknown[]) => {
            statements.push(Prisma.sql(strings, ...values));
            return target.$queryRaw(strings, ...values);
          }
        : Reflect.get(target, name, receiver),
  });
  await read(watched);
  const plans: Explained[] = [];
  for (const statement of statements) {
    const [row] = await prisma.$queryRaw<{ "QUERY PLAN": readonly Explained[] }[]>`
      explain (format json) ${statement}`;
    plans.push(...(row?.["QUERY PLAN"] ?? []));
  }
  return plans;
}

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Tables of leads that a plan reads from their beginning to their end. */
const readWhole = ({ Plan: plan }: Explained): readonly (string | undefined)[] =>
  nodesOf(plan)
    .filter((node) => node["Node Type"] === "Seq Scan")
    .map((node) => node["Relation Name"])
    .filter((name) => name === "lead" || name === "lead_stage");

const list = (query: object) => (prisma: TestDatabase["prisma"]) =>
  listLeads(prisma, LARGE, { query: { limit: LIMIT, ...query }, ends: ENDS });
const MONTH = new Date(Date.now() - 30 * 86_400_000);
const secondPage = async (): Promise<string> => (await list({})(database.prisma)).nextCursor ?? "";

test.each<[string, (prisma: TestDatabase["prisma"]) => Promise<unknown>]>([
  ["the list", list({})],
  ["its second page", async (prisma) => list({ cursor: await secondPage() })(prisma)],
  ["the list of a month", list({ from: MONTH })],
  ["the list of an origin", list({ origin: "Lead" })],
  ["the list of Instant Forms", list({ origin: "instant-form" })],
  ["the list of an origin that no lead has", list({ origin: "Subscribe" })],
  ["the list of a frequent stage", list({ stage: "lead" })],
  ["the list of a rare stage", list({ stage: "won" })],
  ["the list of a stage that none has reached", list({ stage: "disqualified" })],
  ["the second page of a stage", async (prisma) => list({ stage: "won", cursor: await secondPage() })(prisma)],
  ["the list of a reason", list({ reason: "out-of-order" })],
  ["the list of a reason that none has", list({ reason: "too-old" })],
  ["a lead by its reference", list({ search: "deal-77777" })],
  ["a lead by its event's ID", list({ search: "stage.won.lead.5000" })],
  ["no lead", list({ search: "nobody" })],
  ["the counts by stage with the time until then", (prisma) => countLeads(prisma, LARGE, {})],
  ["the counts of a month", (prisma) => countLeads(prisma, LARGE, { from: MONTH })],
  ["the counts of an origin", (prisma) => countLeads(prisma, LARGE, { from: MONTH, origin: "Lead" })],
  ["reports that changed nothing", (prisma) => listRefusedReports(prisma, LARGE, { limit: LIMIT })],
  ["those of a reason", (prisma) => listRefusedReports(prisma, LARGE, { limit: LIMIT, reason: "out-of-order" })],
  ["those of none", (prisma) => listRefusedReports(prisma, LARGE, { limit: LIMIT, reason: "too-old" })],
])("%s of a large shop is one statement, which reads no table whole", async (_name, read) => {
  const plans = await plansOf(read);
  expect(plans.map(readWhole)).toEqual([[]]);
});

test("the pages come from an index in their order, and sort nothing", async () => {
  for (const query of [
    {},
    { from: MONTH },
    { origin: "Lead" },
    { origin: "Subscribe" },
    { cursor: await secondPage() },
  ]) {
    const [plan] = await plansOf(list(query));
    // Inside the limit; the reports of each shown lead are sorted for themselves.
    const limited = plan && nodesOf(plan.Plan).find((node) => node["Node Type"] === "Limit");
    expect(limited?.Plans?.map((node) => node["Node Type"])).toEqual(["Index Scan"]);
  }
});
