import { setTimeout as pause } from "node:timers/promises";
import { startChild } from "./child-process.ts";
import type { MetaQuestions, MetaReceived } from "./child-meta.ts";
import { type BenchDatabase, freshDatabase, openDeliveries, seedReceipts, seedShops } from "./database.ts";
import { orderIdOf, shopName } from "./orders.ts";
import { costing, type Server, startApp, startLoad } from "./running-app.ts";
import { atLeast, atMost, type Bench, figuresOf, repeated, type Row, type Section } from "./section.ts";
import { percentile, sortedCopy } from "./statistics.ts";

const SHOPS = 50;
const CONNECTIONS = 64;
const KEYS = ["perSecond", "ackP99Ms", "metaP50Ms", "metaP99Ms", "appUs", "databaseUs", "rssMb"] as const;

type Setup = { readonly name: string; readonly roles: readonly ("all" | "web" | "worker")[] };
type Load = { readonly orders: number; readonly perSecond?: number };

/** Webhook in, joined with its receipt, delivered, recorded. The receipts are there before their orders. */
export const endToEndSection: Section = async (bench) => {
  const one: Setup = { name: "one process", roles: ["all"] };
  const two: Setup = { name: "web + worker", roles: ["web", "worker"] };
  const paced: Load = { orders: bench.count(2_000, 600), perSecond: 200 };
  const flood: Load = { orders: bench.count(10_000, 3_000) };
  const faults: string[] = [];
  const rows: Row[] = [];
  for (const setup of [one, two]) {
    const scene = await openScene(setup);
    for (const load of [paced, flood]) {
      const pace = load.perSecond === undefined ? "as fast as it goes" : `${load.perSecond}/s`;
      const name = `${setup.name}, ${pace}`;
      bench.say(`e2e: ${name}`);
      rows.push({ name, figures: figuresOf(await repeated(bench.runs, () => once(scene, load, faults)), KEYS) });
    }
    await scene.close();
  }
  const median = (row: number, key: (typeof KEYS)[number]): number => {
    const found = rows[row]?.figures[key];
    return typeof found === "object" && found !== null ? found.median : Number.NaN;
  };
  return {
    title: "e2e: order webhook to Meta's acceptance, receipts present, Meta answers at once, PostgreSQL",
    columns: [
      { key: "perSecond", title: "orders/s", digits: 0 },
      { key: "ackP99Ms", title: "ack p99 ms", digits: 1 },
      { key: "metaP50Ms", title: "to Meta p50 ms", digits: 0 },
      { key: "metaP99Ms", title: "to Meta p99 ms", digits: 0 },
      { key: "appUs", title: "app CPU us", digits: 0 },
      { key: "databaseUs", title: "db CPU us", digits: 0 },
      { key: "rssMb", title: "RSS MB", digits: 0 },
    ],
    rows,
    targets: {
      "e2e.p50-at-200": atMost(100, median(0, "metaP50Ms"), "ms at 200 orders/s"),
      "e2e.p99-at-200": atMost(250, median(0, "metaP99Ms"), "ms at 200 orders/s"),
      "e2e.sustained": atLeast(2_500, Math.max(median(1, "perSecond"), median(3, "perSecond")), "orders/s delivered"),
      "e2e.memory": atMost(300, median(2, "rssMb"), "MB RSS, web + worker at 200 orders/s"),
    },
    faults,
    notes: ["orders/s counts until the last event is recorded as delivered. RSS is the sum of the app's processes."],
  };
};

type Scene = Awaited<ReturnType<typeof openScene>>;

async function openScene({ roles }: Setup) {
  const database = await freshDatabase("postgresql");
  await database.use((open) => seedShops(open, SHOPS));
  const meta = await startChild<MetaQuestions>("meta");
  const graphUrl = await meta.ask("start", SHOPS);
  const servers: Server[] = [];
  for (const role of roles) servers.push(await startApp(database, { graphUrl, role }));
  const load = await startLoad(SHOPS);
  const port = (await servers[0]?.ask("port", undefined)) ?? 0;
  const close = async (): Promise<void> => {
    for (const child of [...servers, load, meta]) await child.end();
    await database.drop();
  };
  return { database, meta, servers, load, port, close };
}

async function once({ database, meta, servers, load, port }: Scene, plan: Load, faults: string[]) {
  await meta.ask("forget", undefined);
  const first = await load.prepare(plan.orders);
  await database.use((open) => seedReceipts(open, { first, count: plan.orders, shops: SHOPS }));
  const startedAt = performance.now();
  const { result, cost } = await costing(servers, database, async () => {
    const posted = await load.post({ port, connections: CONNECTIONS, perSecond: plan.perSecond });
    await delivered(database, () => meta.ask("count", undefined), posted.acknowledged);
    return posted;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const received = await meta.ask("received", undefined);
  faults.push(...faultsOf(received, result.acknowledged, plan.orders));
  const waits = waitsOf(received, { first, sentAtMs: result.sentAtMs });
  const usages = await Promise.all(servers.map((server) => server.ask("usage", undefined)));
  return {
    perSecond: result.acknowledged / seconds,
    ackP99Ms: result.p99Ms,
    metaP50Ms: percentile(waits, 0.5),
    metaP99Ms: percentile(waits, 0.99),
    appUs: cost.appUs / plan.orders,
    databaseUs: cost.databaseUs / plan.orders,
    rssMb: usages.reduce((sum, { rssBytes }) => sum + rssBytes, 0) / 1e6,
  };
}

/** Until Meta has everything and the ledger says so; what never arrives is counted by the caller. */
async function delivered(database: BenchDatabase, arrived: () => Promise<number>, count: number): Promise<void> {
  const giveUpAt = performance.now() + 100_000;
  while ((await arrived()) < count && performance.now() < giveUpAt) await pause(10);
  while ((await database.use(openDeliveries)) > 0 && performance.now() < giveUpAt) await pause(20);
}

const faultsOf = (received: MetaReceived, acknowledged: number, sent: number): string[] => [
  ...(acknowledged === sent ? [] : [`e2e: ${sent} sent, ${acknowledged} acknowledged`]),
  ...(received.eventIds.length === acknowledged
    ? []
    : [`e2e: ${acknowledged} acknowledged, ${received.eventIds.length} at Meta`]),
  ...(received.doubled === 0 ? [] : [`e2e: ${received.doubled} events came twice`]),
];

/** From the moment an order was due to be sent until Meta's answer to its event, sorted. */
function waitsOf(received: MetaReceived, sent: { readonly first: number; readonly sentAtMs: Float64Array }) {
  const sentAt = new Map<string, number>();
  for (const [index, at] of sent.sentAtMs.entries()) {
    const number = sent.first + index;
    const shop = shopName(number % SHOPS).split(".")[0] ?? "";
    sentAt.set(`purchase.${shop}.${orderIdOf(number)}`, at);
  }
  return sortedCopy(
    received.eventIds.map((id, at) => (received.receivedAtMs[at] ?? 0) - (sentAt.get(id) ?? Number.NaN)),
  );
}
