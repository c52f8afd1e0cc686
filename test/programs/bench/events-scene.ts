import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../../app/database/db.server.ts";
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

export const SHOPS = 50;
export const CONNECTIONS = 64;
export const EVENTS_KEYS = ["perSecond", "appUs", "databaseUs", "walBytes", "diskBytes", "peakRssMb"] as const;

export type EventsScene = {
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

export async function openFloor(): Promise<EventsScene> {
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

type TandemPlan = {
  readonly kind?: DatabaseKind;
  readonly together?: number;
  /** What the ledger has before the app starts. */
  readonly seed?: (open: Database) => Promise<void>;
};

export const openTandem =
  ({ kind = "postgresql", together = 1, seed }: TandemPlan = {}) =>
  async (): Promise<EventsScene> => {
    const [database, { meta, graphUrl }] = [await freshDatabase(kind), await openMeta()];
    await database.use((open) => seedShops(open, SHOPS));
    if (seed) await database.use(seed);
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

export type EventsCost = Readonly<Record<(typeof EVENTS_KEYS)[number], number>>;

/** Posts `count` events and waits until they are recorded as delivered, as often as it is called. */
export async function measuring(scene: EventsScene, { count, faults }: Measuring) {
  const { database, meta, server, port, name, together } = scene;
  const load = await startLoad(SHOPS, "/collect", together);
  const hasOwnDatabase = scene.unended === undefined;
  const events = hasOwnDatabase ? Math.ceil(count / 10) : count;
  const grown = async (): Promise<{ wal: number; disk: number }> =>
    hasOwnDatabase
      ? { wal: Number.NaN, disk: Number.NaN }
      : database.use(async (open) => ({ wal: await walBytes(open), disk: await diskBytes(open) }));
  const once = async (): Promise<EventsCost> => {
    await meta.ask("forget", undefined);
    await load.prepare(events);
    const before = await grown();
    const startedAt = performance.now();
    const { result: acknowledged, cost } = await costing([server], database, async () => {
      const posted = await load.post({ ports: [port], connections: CONNECTIONS, perSecond: undefined });
      await ended(scene, posted.acknowledged * together);
      return posted.acknowledged * together;
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
  };
  return { once, end: load.end };
}

/** Waits until Meta has received the events and the database records it; the caller reports what never arrives. */
async function ended({ meta, unended }: EventsScene, count: number): Promise<void> {
  const giveUpAt = performance.now() + 100_000;
  while ((await meta.ask("count", undefined)) < count && performance.now() < giveUpAt) await pause(10);
  while (unended !== undefined && (await unended()) > 0 && performance.now() < giveUpAt) await pause(20);
}
