import { setTimeout as pause } from "node:timers/promises";
import { type Child, startChild } from "./child-process.ts";
import type { MetaQuestions } from "./child-meta.ts";
import type { SenderQuestions, Sending } from "./child-senders.ts";
import { type BenchDatabase, freshDatabase, openDeliveries, openPixels, seedBacklog, seedShops } from "./database.ts";
import { openOrderFloor, seedFloorBacklog, unsent } from "./floor-scene.ts";
import { type Costly, costing, startApp } from "./running-app.ts";
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

const PIXELS = 50;
const KEYS = ["perSecond", "cpuUs", "databaseUs", "perRequest"] as const;

type Meta = Child<MetaQuestions>;

/** Events that are decided and committed, drained through HTTP to the Meta simulator; and the other ways to get there. */
export const deliverSection: Section = async (bench) => {
  const meta = await startChild<MetaQuestions>("meta");
  const graphUrl = await meta.ask("start", PIXELS);
  const faults: string[] = [];
  const rows: Row[] = [];
  bench.say("deliver: Tandem, and the floor that stores");
  const scene = { meta, graphUrl, faults };
  const [mine, floor] = [await openTandem(scene), await openFloor(scene)];
  const turns = await inTurns(bench.runs, backlogs(bench, mine), backlogs(bench, floor));
  for (const [name, results] of [
    [mine.name, turns.mine],
    [floor.name, turns.floor],
  ] as const) {
    rows.push({ name, figures: figuresOf(results, KEYS) });
  }
  await mine.close();
  await floor.close();
  for (const row of await peers(bench, { meta, graphUrl, faults })) rows.push(row);
  await meta.end();
  return {
    title: `deliver: ${PIXELS} pixels, to the Meta simulator over HTTP`,
    columns: [
      { key: "perSecond", title: "events/s", digits: 0 },
      { key: "cpuUs", title: "CPU us/event", digits: 1 },
      { key: "databaseUs", title: "db CPU us", digits: 1 },
      { key: "perRequest", title: "events/request", digits: 0 },
    ],
    rows,
    targets: {
      "deliver.rate-vs-floor": atLeast(0.7, turns.rateVsFloor, "times the rate of the floor that stores"),
      "deliver.cpu": atMost(80, medianOf(rows, 0, "cpuUs"), "us of CPU per event"),
      "deliver.times-sdk": atLeast(
        8,
        medianOf(rows, 2, "cpuUs") / medianOf(rows, 0, "cpuUs"),
        "times cheaper than the SDK one by one",
      ),
    },
    faults,
    notes: [
      "Tandem claims, records and settles each event in the database and had hashed it at the webhook (section map);",
      "so had the floor that stores, which reads a pixel's rows, sends them and marks them in one update.",
      "The SDK and node:http hash while they send, and store nothing.",
    ],
  };
};

type Scene = { readonly meta: Meta; readonly graphUrl: string; readonly faults: string[] };

const peerWays = ({ count }: Bench) =>
  [
    {
      name: "Meta's SDK, one event a request",
      question: "sdk",
      count: count(1_500, 300),
      perRequest: 1,
      atOnce: 16,
    },
    {
      name: "Meta's SDK, 1,000 a request",
      question: "sdk",
      count: count(10_000, 3_000),
      perRequest: 1_000,
      atOnce: 4,
    },
    {
      name: "node:http, 1,000 a request",
      question: "floor",
      count: count(10_000, 3_000),
      perRequest: 1_000,
      atOnce: 4,
    },
  ] as const;

async function peers(bench: Bench, { meta, graphUrl, faults }: Scene): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const senders = await startChild<SenderQuestions>("senders");
  for (const { name, question, ...way } of peerWays(bench)) {
    bench.say(`deliver: ${name}`);
    const sending: Sending = { ...way, graphUrl, pixels: PIXELS };
    const results = await repeated(bench.runs, async () => {
      await meta.ask("forget", undefined);
      const sent = await senders.ask(question, sending);
      const { eventIds } = await meta.ask("received", undefined);
      if (eventIds.length !== way.count) faults.push(`${name}: ${way.count} sent, ${eventIds.length} arrived`);
      return {
        perSecond: sent.taken / sent.seconds,
        cpuUs: sent.cpuUsPerEvent,
        databaseUs: 0,
        perRequest: way.perRequest,
      };
    });
    rows.push({ name, figures: figuresOf(results, KEYS) });
  }
  await senders.end();
  return rows;
}

/** A program that delivers from its database. */
type Deliverer = Scene & {
  readonly name: string;
  readonly database: BenchDatabase;
  readonly server: Costly;
  /** Stores orders that are due; while it does not deliver. */
  readonly seed: (span: { readonly first: number; readonly count: number; readonly shops: number }) => Promise<void>;
  readonly deliver: (on: boolean) => Promise<unknown>;
  readonly unended: () => Promise<number>;
  readonly close: () => Promise<void>;
};

async function openTandem(scene: Scene): Promise<Deliverer> {
  const database = await freshDatabase("postgresql");
  await database.use((open) => seedShops(open, PIXELS));
  const server = await startApp(database, { graphUrl: scene.graphUrl, role: "worker" });
  return {
    ...scene,
    name: "Tandem: claim, send, record, settle",
    database,
    server,
    seed: (span) => database.use((open) => seedBacklog(open, span)),
    // The worker's next sweep finds everything at once.
    deliver: (on) => database.use((open) => openPixels(open, on)),
    unended: () => database.use(openDeliveries),
    close: async () => {
      await server.end();
      await database.drop();
    },
  };
}

async function openFloor(scene: Scene): Promise<Deliverer> {
  const { database, server, close } = await openOrderFloor(PIXELS, scene.graphUrl);
  return {
    ...scene,
    name: "floor: read, send, mark",
    database,
    server,
    seed: (span) => database.use((open) => seedFloorBacklog(open, span)),
    deliver: (on) => server.ask("deliver", on),
    unended: () => database.use(unsent),
    close,
  };
}

/** One backlog per run, all of it due at once. */
const backlogs = (bench: Bench, deliverer: Deliverer) => async (run: number) => {
  const { name, meta, faults, database, server } = deliverer;
  const count = bench.count(25_000, 8_000);
  await meta.ask("forget", undefined);
  await deliverer.deliver(false);
  await deliverer.seed({ first: run * count, count, shops: PIXELS });
  const { result: seconds, cost } = await costing([server], database, async () => {
    await deliverer.deliver(true);
    return drained(deliverer, count);
  });
  const { eventIds, doubled, requests } = await meta.ask("received", undefined);
  if (eventIds.length !== count || doubled > 0) {
    faults.push(`${name}: ${count} to deliver, ${eventIds.length} arrived, ${doubled} of them twice`);
  }
  return {
    perSecond: count / seconds,
    cpuUs: cost.appUs / count,
    databaseUs: cost.databaseUs / count,
    perRequest: count / requests,
  };
};

/** Seconds from the first answer of Meta to the last; waits until they are written down, too. */
async function drained({ meta, unended }: Deliverer, count: number): Promise<number> {
  const giveUpAt = performance.now() + 120_000;
  const arrived = (): Promise<number> => meta.ask("count", undefined);
  while ((await arrived()) === 0 && performance.now() < giveUpAt) await pause(2);
  const startedAt = performance.now();
  // The caller counts what is missing at the end.
  while ((await arrived()) < count && performance.now() < giveUpAt) await pause(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  while ((await unended()) > 0 && performance.now() < giveUpAt) await pause(100);
  return seconds;
}
