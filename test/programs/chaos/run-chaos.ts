import { setTimeout as pause } from "node:timers/promises";
import { compare, type OrderReport } from "./compare.ts";
import { compareStorefront, type StorefrontReport } from "./compare-storefront.ts";
import { countedEvents, countedOrders } from "./counted.ts";
import { compareFigures } from "./compare-figures.ts";
import { type ChaosFault, faultsOf } from "./faults.ts";
import { readLedger } from "./merchants.ts";
import { openShoppers, type Shoppers } from "./shoppers.ts";
import { openShopFloor, type ShopFloor } from "./shop-floor.ts";
import { startWorld, type World } from "./world.ts";

export type ChaosOptions = {
  readonly minutes: number;
  /** Orders each second; each comes with one visit to the storefront. */
  readonly rate: number;
  readonly embedded: boolean;
  readonly say: (line: string) => void;
};

export type ChaosReport = OrderReport & { readonly storefront: StorefrontReport };

const SHORT_MINUTES = 1;
const BETWEEN_FAULTS_MS = 2_500;
const SETTLE_MS = 240_000;
const LOOK_EVERY_MS = 500;
const EMBEDDED_ENDING_MS = 5_000;
// An order that was sent before its refusal was configured is simply delivered.
const ENDED = new Set(["withheld", "refused", "delivered"]);

/** Sells while everything breaks, repairs everything, waits, and compares. */
export async function runChaos({
  minutes,
  rate,
  embedded,
  say,
}: ChaosOptions): Promise<{ readonly report: ChaosReport; readonly problems: readonly string[] }> {
  say(`starting ${embedded ? "the app on its embedded database" : "two web and two worker processes, PostgreSQL"} ...`);
  const world = await startWorld({ embedded });
  const floor = openShopFloor(world.shopify);
  const shoppers = openShoppers({ appUrl: world.appUrl, metaUrl: world.meta.httpUrl, keys: world.collectorKeys });
  try {
    const faults = new Map<string, number>();
    const until = Date.now() + minutes * 60_000;
    say(`selling ${rate} orders a second for ${minutes} minutes ...`);
    const kinds = faultsOf({ embedded, short: minutes < SHORT_MINUTES });
    const selling = sellSteadily({ floor, shoppers }, rate);
    try {
      await breakThings({ world, floor, shoppers, until, say, faults, kinds });
    } finally {
      clearInterval(selling);
    }
    await heal({ world, floor, shoppers, say });
    await arrival({ world, floor, shoppers, say });
    await ending({ world, floor, shoppers, say });
    const received = world.meta.received();
    await world.stopApp();
    const ledger = await readLedger({ dataDir: world.dataDir, url: world.databaseUrl });
    const orders = compare({
      ...{ sold: floor.sold, counted: countedOrders(received), ledger },
      faults: Object.fromEntries(faults),
    });
    const storefront = compareStorefront({ posted: shoppers.posted, counted: countedEvents(received), ledger });
    return {
      report: { ...orders.report, storefront: storefront.report },
      problems: [
        ...[...orders.problems, ...storefront.problems, ...shoppers.problems],
        ...(await compareFigures({ dataDir: world.dataDir, url: world.databaseUrl })),
      ],
    };
  } finally {
    await shoppers.close();
    await world.close();
  }
}

/** Sells what is due by the clock: a busy machine delays a sale and drops none. */
function sellSteadily({ floor, shoppers }: Pick<Scene, "floor" | "shoppers">, rate: number): NodeJS.Timeout {
  const begun = Date.now();
  let made = 0;
  return setInterval(() => {
    const due = Math.floor(((Date.now() - begun) / 1000) * rate);
    for (; made < due; made += 1) {
      floor.sell();
      shoppers.visit();
    }
  }, 1000 / rate);
}

type Scene = {
  readonly world: World;
  readonly floor: ShopFloor;
  readonly shoppers: Shoppers;
  readonly say: (line: string) => void;
};

type Breaking = Scene & {
  readonly until: number;
  readonly kinds: readonly ChaosFault[];
  readonly faults: Map<string, number>;
};

/** One fault after the other, round and round; every kind comes at least once. */
async function breakThings({ until, kinds, faults, ...scene }: Breaking): Promise<void> {
  await pause(BETWEEN_FAULTS_MS);
  for (let n = 0; n < kinds.length || Date.now() < until; n += 1) {
    const fault = kinds[n % kinds.length];
    if (fault === undefined) return;
    scene.say(fault.name);
    await fault.strike(scene);
    faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1);
    const left = Math.max(0, until - Date.now()) / Math.max(1, kinds.length - n);
    await pause(n < kinds.length ? Math.min(BETWEEN_FAULTS_MS, left) : BETWEEN_FAULTS_MS);
  }
}

async function heal({ world: { meta, shopify, cli }, floor, shoppers, say }: Scene): Promise<void> {
  say("healing everything ...");
  meta.faults.clear();
  await Promise.all([floor.settled(), shoppers.settled()]);
  Object.assign(shopify.faults, { duplicate: 0, drop: 0, reorder: false, delayMs: 0 });
  await shopify.settled();
  // Shopify's own rate limits apply too.
  for (const shop of shopify.shops) shop.throttleNext = 1;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { exitCode, stdout } = await cli("reconcile", "--all", "--json");
    if (exitCode === 0) return say(`compared with the shops: ${missingIn(stdout)} orders had been missing`);
    await pause(LOOK_EVERY_MS);
  }
  say("the shops' orders could not be compared");
}

function missingIn(stdout: string): number {
  // The command's own output.
  const { shops } = JSON.parse(stdout) as { shops: readonly { missing: number }[] };
  return shops.reduce((sum, { missing }) => sum + missing, 0);
}

/** Waits until Meta has received everything it must get; the comparison reports what never arrives. */
async function arrival({ world, floor, shoppers, say }: Scene): Promise<void> {
  const giveUpAt = Date.now() + SETTLE_MS;
  const wanted = [
    ...floor.sold.filter(({ expected }) => expected === "send"),
    ...shoppers.posted.filter(({ expected, isOwed }) => isOwed && (expected === "send" || expected === "limit")),
  ];
  for (;;) {
    const there = new Set(world.meta.received().flatMap(({ eventId, server }) => (server === null ? [] : [eventId])));
    const missing = wanted.filter(({ eventId }) => !there.has(eventId)).length;
    if (missing === 0 || Date.now() > giveUpAt) return;
    say(`waiting for ${missing} events ...`);
    await pause(LOOK_EVERY_MS * 4);
  }
}

/**
 * Waits until the ledger has an ending for what Meta must not get: an order that a comparison with the shop has just
 * brought may be decided after the last one to be sent has arrived.
 */
async function ending({ world: { dataDir, databaseUrl: url }, floor, shoppers, say }: Scene): Promise<void> {
  // The embedded database belongs to the app while that runs.
  if (url === undefined) return pause(EMBEDDED_ENDING_MS);
  const giveUpAt = Date.now() + SETTLE_MS;
  const wanted = [
    ...floor.sold.filter(({ expected }) => expected !== "send"),
    ...shoppers.posted.filter(({ expected, isOwed }) => isOwed && (expected === "withhold" || expected === "refuse")),
  ];
  for (;;) {
    const ledger = await readLedger({ dataDir, url });
    const open = wanted.filter(({ eventId }) => !ENDED.has(ledger.get(eventId)?.state ?? "")).length;
    if (open === 0 || Date.now() > giveUpAt) return;
    say(`waiting for the ledger to end ${open} events ...`);
    await pause(LOOK_EVERY_MS * 4);
  }
}
