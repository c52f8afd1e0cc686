import { startChild } from "./child-process.ts";
import type { TemplateQuestions } from "./child-template.ts";
import type { MetaQuestions } from "./child-meta.ts";
import { type BenchDatabase, type DatabaseKind, eventStates, freshDatabase, seedShops } from "./database.ts";
import { type Costly, costing, startApp, startLoad } from "./running-app.ts";
import { atLeast, atMost, type Bench, figuresOf, repeated, type Row, type Section, medianOf } from "./section.ts";
import { measured } from "./statistics.ts";

const SHOPS = 50;
const CONNECTIONS = 64;
const KEYS = ["perSecond", "p50Ms", "p99Ms", "appUs", "databaseUs", "peakRssMb"] as const;

type Way = {
  readonly name: string;
  readonly kind: DatabaseKind;
  readonly orders: number;
  readonly perSecond?: number;
  /** Undefined: Tandem itself. */
  readonly template?: "/store" | "/send";
  /** Where the app itself is posted to; undefined: order webhooks. */
  readonly path?: "/collect";
};

const waysOf = ({ count }: Bench): readonly Way[] => [
  { name: "Tandem, PostgreSQL", kind: "postgresql", orders: count(12_000, 3_000) },
  { name: "Tandem, PostgreSQL, 500/s", kind: "postgresql", orders: count(1_500, 600), perSecond: 500 },
  { name: "Tandem, PGlite", kind: "pglite", orders: count(400, 200) },
  {
    name: "template: authenticate.webhook + Prisma create",
    kind: "postgresql",
    orders: count(1_200, 400),
    template: "/store",
  },
  {
    name: "usual app: authenticate.webhook + Meta's SDK",
    kind: "postgresql",
    orders: count(1_200, 400),
    template: "/send",
  },
  { name: "Tandem's collector, PostgreSQL", kind: "postgresql", orders: count(12_000, 3_000), path: "/collect" },
];

/** Signed 5 kB order webhooks, answered after their commit. */
export const ingestSection: Section = async (bench) => {
  const rows: Row[] = [];
  const faults: string[] = [];
  for (const way of waysOf(bench)) {
    bench.say(`ingest: ${way.name}`);
    const measuredWay = way.template === undefined ? await tandem(way, bench) : await peer(way, way.template, bench);
    rows.push(measuredWay.row);
    faults.push(...measuredWay.faults);
  }
  return {
    title: `ingest: signed 5 kB order webhooks, ${CONNECTIONS} connections, answered after the commit`,
    columns: [
      { key: "perSecond", title: "webhooks/s", digits: 0 },
      { key: "p50Ms", title: "p50 ms", digits: 1 },
      { key: "p99Ms", title: "p99 ms", digits: 1 },
      { key: "appUs", title: "app CPU us", digits: 0 },
      { key: "databaseUs", title: "db CPU us", digits: 0 },
      { key: "peakRssMb", title: "peak RSS MB", digits: 0 },
    ],
    rows,
    targets: {
      "ingest.rate": atLeast(5_000, medianOf(rows, 0, "perSecond"), "webhooks/s"),
      "ingest.p99": atMost(40, medianOf(rows, 0, "p99Ms"), "ms at the highest rate"),
      "ingest.p99-at-500": atMost(15, medianOf(rows, 1, "p99Ms"), "ms at 500/s"),
      "ingest.times-template": atLeast(
        4,
        medianOf(rows, 0, "perSecond") / medianOf(rows, 3, "perSecond"),
        "times the template's rate",
      ),
    },
    faults,
    notes: [
      "The usual app waits for Meta in the request; here Meta is a simulator on the same machine that answers at once.",
      "The collector's posts are product views of half a kB; no order can be told by one.",
    ],
  };
};

type Measuring = { readonly row: Row; readonly faults: readonly string[] };

async function tandem(way: Way, bench: Bench): Promise<Measuring> {
  const database = await freshDatabase(way.kind);
  await database.use((open) => seedShops(open, SHOPS));
  const app = await startApp(database, { graphUrl: "http://127.0.0.1:9", role: way.kind === "pglite" ? "all" : "web" });
  const measuring = await loaded(way, bench, {
    servers: [app],
    database,
    port: await app.ask("port", undefined),
    ...(way.path !== undefined && { path: way.path }),
  });
  await app.end();
  const states = await database.use(eventStates);
  const stored = Object.values(states).reduce((sum, n) => sum + n, 0);
  await database.drop();
  const fault = `${way.name}: ${measuring.acknowledged} acknowledged, ${stored} in the ledger`;
  return { ...measuring, faults: stored === measuring.acknowledged ? [] : [fault] };
}

async function peer(way: Way, path: "/store" | "/send", bench: Bench): Promise<Measuring> {
  const database = await freshDatabase(way.kind);
  const meta = await startChild<MetaQuestions>("meta");
  const graphUrl = await meta.ask("start", SHOPS);
  await database.use(({ prisma }) =>
    prisma.session.createMany({
      data: Array.from({ length: SHOPS }, (_, index) => {
        const shop = `bench-${index}.myshopify.com`;
        return { id: `offline_${shop}`, shop, state: "", accessToken: "bench", scope: "read_orders" };
      }),
    }),
  );
  const app = await startChild<TemplateQuestions>("template", database.env(graphUrl));
  const measuring = await loaded(way, bench, {
    servers: [app],
    database,
    path,
    port: await app.ask("port", undefined),
  });
  const arrived =
    path === "/store"
      ? await database.use(({ prisma }) => prisma.quarantine.count())
      : await meta.ask("count", undefined);
  await app.end();
  await meta.end();
  await database.drop();
  const fault = `${way.name}: ${measuring.acknowledged} acknowledged, ${arrived} arrived`;
  return { ...measuring, faults: arrived === measuring.acknowledged ? [] : [fault] };
}

type Loading = {
  readonly servers: readonly Costly[];
  readonly database: BenchDatabase;
  readonly port: number;
  readonly path?: string;
};

async function loaded(way: Way, { runs }: Bench, { servers, database, port, path }: Loading) {
  const load = await startLoad(SHOPS, path);
  let acknowledged = 0;
  const results = await repeated(runs, async () => {
    await load.prepare(way.orders);
    const { result, cost } = await costing(servers, database, () =>
      load.post({ ports: [port], connections: CONNECTIONS, perSecond: way.perSecond }),
    );
    acknowledged += result.acknowledged;
    return {
      perSecond: result.acknowledged / result.seconds,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      appUs: cost.appUs / result.acknowledged,
      databaseUs: cost.databaseUs / result.acknowledged,
      peakRssMb: cost.peakRssBytes / 1e6,
      refused: result.refused,
    };
  });
  await load.end();
  const refused = measured(results.map((result) => result.refused)).highest;
  if (refused > 0) throw new Error(`${way.name}: ${refused} webhooks were refused`);
  return { row: { name: way.name, figures: figuresOf(results, KEYS) }, acknowledged };
}
