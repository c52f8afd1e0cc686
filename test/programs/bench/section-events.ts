import { setTimeout as pause } from "node:timers/promises";
import { type Child, startChild } from "./child-process.ts";
import type { FloorQuestions } from "./child-floor.ts";
import type { MetaQuestions } from "./child-meta.ts";
import {
  type BenchDatabase,
  type DatabaseKind,
  diskBytes,
  freshDatabase,
  openDeliveries,
  seedShops,
  walBytes,
} from "./database.ts";
import { type Costly, costing, startApp, startLoad } from "./running-app.ts";
import { atLeast, atMost, type Bench, figuresOf, repeated, type Row, type Section, medianOf } from "./section.ts";

const SHOPS = 50;
const CONNECTIONS = 64;
const KEYS = ["perSecond", "appUs", "databaseUs", "walBytes", "diskBytes", "peakRssMb"] as const;

/** Storefront events from the collector's post until they are recorded as delivered, beside the floor of this machine. */
export const eventsSection: Section = async (bench) => {
  const faults: string[] = [];
  const count = bench.count(12_000, 3_000);
  const rows: Row[] = [];
  for (const open of [openFloor, openTandem("postgresql"), openTandem("pglite"), openTandem("postgresql", 2)]) {
    const scene = await open();
    bench.say(`events: ${scene.name}`);
    rows.push(await measure(bench, scene, { count, faults }));
    await scene.close();
  }
  const ratio = (key: string, row = 1): number => medianOf(rows, row, key) / medianOf(rows, 0, key);
  return {
    title: `events: one ViewContent a post, or a page's two events, ${SHOPS} shops, ${CONNECTIONS} connections, until recorded as delivered`,
    columns: [
      { key: "perSecond", title: "events/s", digits: 0 },
      { key: "appUs", title: "app CPU us", digits: 0 },
      { key: "databaseUs", title: "db CPU us", digits: 0 },
      { key: "walBytes", title: "WAL B", digits: 0 },
      { key: "diskBytes", title: "disk B", digits: 0 },
      { key: "peakRssMb", title: "peak RSS MB", digits: 0 },
    ],
    rows,
    targets: {
      "events.rate-vs-floor": atLeast(0.7, ratio("perSecond"), "times the floor's rate"),
      "events.paired-rate-vs-floor": atLeast(1, ratio("perSecond", 3), "times the floor's rate with one a post"),
      "events.app-vs-floor": atMost(2, ratio("appUs"), "times the floor's CPU"),
      "events.database-vs-floor": atMost(1.6, ratio("databaseUs"), "times the floor's database CPU"),
      "events.wal": atMost(1_600, medianOf(rows, 1, "walBytes"), "B of WAL an event"),
      "events.disk": atMost(1_100, medianOf(rows, 1, "diskBytes"), "B of disk an event, in full"),
      "events.pglite-rss": atMost(500, medianOf(rows, 2, "peakRssMb"), "MB RSS on PGlite"),
    },
    faults,
    notes: [
      "The floor parses the post, stores one row, sends in batches by pixel and marks a batch by its range of IDs;",
      "it checks no consent, joins nothing, has no ledger page and loses what a crash leaves between two statements.",
    ],
  };
};

type EventsScene = {
  readonly name: string;
  /** Events in one post. */
  readonly together: number;
  readonly database: BenchDatabase;
  readonly meta: Child<MetaQuestions>;
  readonly server: Costly;
  readonly port: number;
  /** Events that have not ended; undefined: the database is the server's own. */
  readonly unended: (() => Promise<number>) | undefined;
  readonly close: () => Promise<void>;
};

async function openMeta() {
  const meta = await startChild<MetaQuestions>("meta");
  return { meta, graphUrl: await meta.ask("start", SHOPS) };
}

async function openFloor(): Promise<EventsScene> {
  const [database, { meta, graphUrl }] = [await freshDatabase("postgresql"), await openMeta()];
  const server = await startChild<FloorQuestions>("floor");
  const databaseUrl = database.env(graphUrl)["DATABASE_URL"] ?? "";
  const port = await server.ask("start", { databaseUrl, graphUrl, pixels: SHOPS });
  const unended = (): Promise<number> =>
    database.use(async ({ prisma }) => {
      const [row] = await prisma.$queryRaw<
        { n: bigint }[]
      >`select count(*) as n from floor_event where sent_at is null`;
      return Number(row?.n ?? 0);
    });
  return {
    name: "floor",
    together: 1,
    database,
    meta,
    server,
    port,
    unended,
    close: closing([server, meta], database),
  };
}

const openTandem =
  (kind: DatabaseKind, together = 1) =>
  async (): Promise<EventsScene> => {
    const [database, { meta, graphUrl }] = [await freshDatabase(kind), await openMeta()];
    await database.use((open) => seedShops(open, SHOPS));
    const server = await startApp(database, { graphUrl, role: "all" });
    const isServer = kind === "postgresql";
    return {
      name: `Tandem, ${isServer ? "PostgreSQL" : "PGlite"}${together > 1 ? `, ${together} events a post` : ""}`,
      together,
      database,
      meta,
      server,
      port: await server.ask("port", undefined),
      unended: isServer ? () => database.use(openDeliveries) : undefined,
      close: closing([server, meta], database),
    };
  };

const closing =
  (children: readonly { readonly end: () => Promise<void> }[], database: BenchDatabase) => async (): Promise<void> => {
    for (const child of children) await child.end();
    await database.drop();
  };

type Measuring = { readonly count: number; readonly faults: string[] };

async function measure(bench: Bench, scene: EventsScene, { count, faults }: Measuring): Promise<Row> {
  const { database, meta, server, port, name, together } = scene;
  const load = await startLoad(SHOPS, "/collect", together);
  const hasOwnDatabase = scene.unended === undefined;
  const events = hasOwnDatabase ? Math.ceil(count / 10) : count;
  const grown = async (): Promise<{ wal: number; disk: number }> =>
    hasOwnDatabase
      ? { wal: Number.NaN, disk: Number.NaN }
      : database.use(async (open) => ({ wal: await walBytes(open), disk: await diskBytes(open) }));
  const results = await repeated(bench.runs, async () => {
    await meta.ask("forget", undefined);
    await load.prepare(events);
    const before = await grown();
    const startedAt = performance.now();
    const { result: acknowledged, cost } = await costing([server], database, async () => {
      const posted = await load.post({ ports: [port], connections: CONNECTIONS, perSecond: undefined });
      const acknowledged = posted.acknowledged * together;
      await ended(scene, acknowledged);
      return acknowledged;
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const after = await grown();
    const { eventIds, doubled } = await meta.ask("received", undefined);
    if (eventIds.length !== events) faults.push(`${name}: ${events} posted, ${eventIds.length} at Meta`);
    if (doubled > 0) faults.push(`${name}: ${doubled} events came twice`);
    return {
      perSecond: acknowledged / seconds,
      appUs: cost.appUs / events,
      databaseUs: cost.databaseUs / events,
      walBytes: (after.wal - before.wal) / events,
      diskBytes: (after.disk - before.disk) / events,
      peakRssMb: cost.peakRssBytes / 1e6,
    };
  });
  await load.end();
  return { name, figures: figuresOf(results, KEYS) };
}

/** Waits until Meta has received the events and the database records it; the caller reports what never arrives. */
async function ended({ meta, unended }: EventsScene, count: number): Promise<void> {
  const giveUpAt = performance.now() + 100_000;
  while ((await meta.ask("count", undefined)) < count && performance.now() < giveUpAt) await pause(10);
  while (unended !== undefined && (await unended()) > 0 && performance.now() < giveUpAt) await pause(20);
}
