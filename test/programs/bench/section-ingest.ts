import { startChild } from "./child-process.ts";
import type { TemplateQuestions } from "./child-template.ts";
import type { MetaQuestions } from "./child-meta.ts";
import { type BenchDatabase, type DatabaseKind, freshDatabase, seedShops, storedEvents } from "./database.ts";
import { openOrderFloor, storedByFloor } from "./floor-scene.ts";
import { type Costly, costing, startApp, startLoad } from "./running-app.ts";
import {
  atLeast,
  atMost,
  type Bench,
  figuresOf,
  inTurns,
  repeated,
  type Row,
  type Section,
  medianOf,
} from "./section.ts";

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

const waysOf = ({ count }: Bench): readonly [Way, ...Way[]] => [
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
  const [first, ...others] = waysOf(bench);
  bench.say(`ingest: ${first.name}, and the floor`);
  const [mine, floor] = [await openTandem(first), await openFloor({ ...first, name: "floor" })];
  const turns = await inTurns(bench.runs, mine.once, floor.once);
  rows.push(rowOf(first.name, turns.mine), rowOf("floor, in turns with it", turns.floor));
  faults.push(...(await mine.close()), ...(await floor.close()));
  for (const way of others) {
    bench.say(`ingest: ${way.name}`);
    const opened = way.template === undefined ? await openTandem(way) : await openPeer(way, way.template);
    rows.push(rowOf(way.name, await repeated(bench.runs, opened.once)));
    faults.push(...(await opened.close()));
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
      "ingest.rate-vs-floor": atLeast(0.7, turns.rateVsFloor, "times the floor's rate"),
      "ingest.p99": atMost(40, medianOf(rows, 0, "p99Ms"), "ms at the highest rate"),
      "ingest.p99-at-500": atMost(15, medianOf(rows, 2, "p99Ms"), "ms at 500/s"),
      "ingest.times-template": atLeast(
        4,
        medianOf(rows, 0, "perSecond") / medianOf(rows, 4, "perSecond"),
        "times the template's rate",
      ),
    },
    faults,
    notes: [
      "The floor checks the HMAC, parses the order, hashes its buyer and stores one row in a shared insert.",
      "The usual app waits for Meta in the request; here Meta is a simulator on the same machine that answers at once.",
      "The collector's posts are product views of half a kB; no order can be told by one.",
    ],
  };
};

type Figures = Readonly<Record<(typeof KEYS)[number], number>>;
type Opened = {
  readonly once: () => Promise<Figures>;
  /** Gives what was acknowledged and is not there. */
  readonly close: () => Promise<readonly string[]>;
};

const rowOf = (name: string, results: readonly Figures[]): Row => ({ name, figures: figuresOf(results, KEYS) });

async function openTandem(way: Way): Promise<Opened> {
  const database = await freshDatabase(way.kind);
  await database.use((open) => seedShops(open, SHOPS));
  const app = await startApp(database, { graphUrl: "http://127.0.0.1:9", role: way.kind === "pglite" ? "all" : "web" });
  const loaded = await loading(way, {
    server: app,
    database,
    port: await app.ask("port", undefined),
    ...(way.path !== undefined && { path: way.path }),
  });
  const close = async (): Promise<readonly string[]> => {
    await loaded.end();
    await app.end();
    const stored = await database.use(storedEvents);
    await database.drop();
    return loaded.missing(stored);
  };
  return { once: loaded.once, close };
}

async function openFloor(way: Way): Promise<Opened> {
  const { database, server, port, close: closeFloor } = await openOrderFloor(SHOPS, "http://127.0.0.1:9");
  const loaded = await loading(way, { server, database, port });
  const close = async (): Promise<readonly string[]> => {
    await loaded.end();
    const stored = await database.use(storedByFloor);
    await closeFloor();
    return loaded.missing(stored);
  };
  return { once: loaded.once, close };
}

async function openPeer(way: Way, path: "/store" | "/send"): Promise<Opened> {
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
  const loaded = await loading(way, { server: app, database, path, port: await app.ask("port", undefined) });
  const close = async (): Promise<readonly string[]> => {
    await loaded.end();
    const arrived =
      path === "/store"
        ? await database.use(({ prisma }) => prisma.quarantine.count())
        : await meta.ask("count", undefined);
    await app.end();
    await meta.end();
    await database.drop();
    return loaded.missing(arrived);
  };
  return { once: loaded.once, close };
}

type Loading = {
  readonly server: Costly;
  readonly database: BenchDatabase;
  readonly port: number;
  readonly path?: string;
};

async function loading(way: Way, { server, database, port, path }: Loading) {
  const load = await startLoad(SHOPS, path);
  let acknowledged = 0;
  const once = async (): Promise<Figures> => {
    await load.prepare(way.orders);
    const { result, cost } = await costing([server], database, () =>
      load.post({ ports: [port], connections: CONNECTIONS, perSecond: way.perSecond }),
    );
    if (result.refused > 0) throw new Error(`${way.name}: ${result.refused} webhooks were refused`);
    acknowledged += result.acknowledged;
    return {
      perSecond: result.acknowledged / result.seconds,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      appUs: cost.appUs / result.acknowledged,
      databaseUs: cost.databaseUs / result.acknowledged,
      peakRssMb: cost.peakRssBytes / 1e6,
    };
  };
  const missing = (stored: number): readonly string[] =>
    stored === acknowledged ? [] : [`${way.name}: ${acknowledged} acknowledged, ${stored} stored`];
  return { once, missing, end: load.end };
}
