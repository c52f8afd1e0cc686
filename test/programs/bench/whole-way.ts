import { setTimeout as pause } from "node:timers/promises";
import { type Child, startChild } from "./child-process.ts";
import type { MetaQuestions, MetaReceived } from "./child-meta.ts";
import { type BenchDatabase, freshDatabase, openDeliveries, seedReceipts, seedShops } from "./database.ts";
import { openOrderFloor, unsent } from "./floor-scene.ts";
import { orderIdOf, shopName } from "./orders.ts";
import { type Costly, costing, type Server, startApp, startLoad, usageSum } from "./running-app.ts";
import { percentile, sortedCopy } from "./statistics.ts";

const CONNECTIONS = 64;
/** The figures that `once` gives. */
export const WHOLE_WAY = ["perSecond", "ackP99Ms", "metaP50Ms", "metaP99Ms", "appUs", "databaseUs", "rssMb"] as const;

export type Role = "all" | "web" | "worker";
export type Load = { readonly orders: number; readonly perSecond?: number };

export type Scene = {
  readonly shops: number;
  readonly database: BenchDatabase;
  readonly meta: Child<MetaQuestions>;
  readonly servers: readonly Costly[];
  readonly load: Awaited<ReturnType<typeof startLoad>>;
  readonly ports: readonly number[];
  /** Events that have not ended. */
  readonly unended: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A PostgreSQL with shops, the Meta simulator, the app's processes and a load, each in a process of its own. */
export async function openScene(shops: number, roles: readonly Role[]): Promise<Scene> {
  const database = await freshDatabase("postgresql");
  await database.use((open) => seedShops(open, shops));
  const meta = await startChild<MetaQuestions>("meta");
  const graphUrl = await meta.ask("start", shops);
  const servers: Server[] = [];
  for (const role of roles) servers.push(await startApp(database, { graphUrl, role }));
  const load = await startLoad(shops);
  const webs = servers.filter((_, index) => roles[index] !== "worker");
  const ports = await Promise.all(webs.map((server) => server.ask("port", undefined)));
  const close = async (): Promise<void> => {
    for (const child of [...servers, load, meta]) await child.end();
    await database.drop();
  };
  const unended = (): Promise<number> => database.use(openDeliveries);
  return { shops, database, meta, servers, load, ports, unended, close };
}

/** The same with the floor in place of the app. */
export async function openFloorScene(shops: number): Promise<Scene> {
  const meta = await startChild<MetaQuestions>("meta");
  const floor = await openOrderFloor(shops, await meta.ask("start", shops));
  await floor.server.ask("deliver", true);
  const load = await startLoad(shops);
  const { database, server, port } = floor;
  const close = async (): Promise<void> => {
    await load.end();
    await floor.close();
    await meta.end();
  };
  const unended = (): Promise<number> => database.use(unsent);
  return { shops, database, meta, servers: [server], load, ports: [port], unended, close };
}

/** Orders through the whole way, once: what it took, and into `faults` what did not arrive or came twice. */
export async function once(scene: Scene, plan: Load, faults: string[]) {
  const { shops, database, meta, servers, load, ports } = scene;
  await meta.ask("forget", undefined);
  const first = await load.prepare(plan.orders);
  await database.use((open) => seedReceipts(open, { first, count: plan.orders, shops }));
  const startedAt = performance.now();
  const { result, cost } = await costing(servers, database, async () => {
    const posted = await load.post({ ports, connections: CONNECTIONS, perSecond: plan.perSecond });
    await delivered(scene, posted.acknowledged);
    return posted;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const received = await meta.ask("received", undefined);
  faults.push(...faultsOf(received, result.acknowledged, plan.orders));
  const waits = waitsOf(received, { first, shops, sentAtMs: result.sentAtMs });
  return {
    perSecond: result.acknowledged / seconds,
    ackP99Ms: result.p99Ms,
    metaP50Ms: percentile(waits, 0.5),
    metaP99Ms: percentile(waits, 0.99),
    appUs: cost.appUs / plan.orders,
    databaseUs: cost.databaseUs / plan.orders,
    rssMb: (await usageSum(servers, "rssBytes")) / 1e6,
  };
}

/** Waits until Meta has received everything and the ledger records it; the caller counts what never arrives. */
async function delivered({ meta, unended }: Scene, count: number): Promise<void> {
  const giveUpAt = performance.now() + 100_000;
  while ((await meta.ask("count", undefined)) < count && performance.now() < giveUpAt) await pause(10);
  while ((await unended()) > 0 && performance.now() < giveUpAt) await pause(20);
}

const faultsOf = (received: MetaReceived, acknowledged: number, sent: number): string[] => [
  ...(acknowledged === sent ? [] : [`e2e: ${sent} sent, ${acknowledged} acknowledged`]),
  ...(received.eventIds.length === acknowledged
    ? []
    : [`e2e: ${acknowledged} acknowledged, ${received.eventIds.length} at Meta`]),
  ...(received.doubled === 0 ? [] : [`e2e: ${received.doubled} events came twice`]),
];

/** From the moment an order was due to be sent until Meta's answer to its event, sorted. */
function waitsOf(
  received: MetaReceived,
  sent: { readonly first: number; readonly shops: number; readonly sentAtMs: Float64Array },
) {
  const sentAt = new Map<string, number>();
  for (const [index, at] of sent.sentAtMs.entries()) {
    const number = sent.first + index;
    const shop = shopName(number % sent.shops).split(".")[0] ?? "";
    sentAt.set(`purchase.${shop}.${orderIdOf(number)}`, at);
  }
  return sortedCopy(
    received.eventIds.map((id, at) => (received.receivedAtMs[at] ?? 0) - (sentAt.get(id) ?? Number.NaN)),
  );
}
