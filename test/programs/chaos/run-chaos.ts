import { setTimeout as pause } from "node:timers/promises";
import { type Comparison, compare, type Counted } from "./compare.ts";
import { type ChaosFault, faultsOf } from "./faults.ts";
import { readLedger } from "./merchants.ts";
import { openShopFloor, type ShopFloor } from "./shop-floor.ts";
import { startWorld, type World } from "./world.ts";

export type ChaosOptions = {
  readonly minutes: number;
  /** Orders each second. */
  readonly rate: number;
  readonly embedded: boolean;
  readonly say: (line: string) => void;
};

const SHORT_MINUTES = 1;
const BETWEEN_FAULTS_MS = 2_500;
const SETTLE_MS = 240_000;
const LOOK_EVERY_MS = 500;
const EMBEDDED_ENDING_MS = 5_000;
// An order that was sent before its refusal was configured is simply delivered.
const ENDED = new Set(["withheld", "refused", "delivered"]);

/** Sells while everything breaks, repairs everything, waits, and compares. */
export async function runChaos({ minutes, rate, embedded, say }: ChaosOptions): Promise<Comparison> {
  say(`starting ${embedded ? "the app on its embedded database" : "two web and two worker processes, PostgreSQL"} ...`);
  const world = await startWorld({ embedded });
  try {
    const floor = openShopFloor(world.shopify);
    const faults = new Map<string, number>();
    const until = Date.now() + minutes * 60_000;
    say(`selling ${rate} orders a second for ${minutes} minutes ...`);
    const selling = sellSteadily(floor, rate);
    try {
      await breakThings({
        world,
        floor,
        until,
        say,
        faults,
        kinds: faultsOf({ embedded, short: minutes < SHORT_MINUTES }),
      });
    } finally {
      clearInterval(selling);
    }
    await heal(world, floor, say);
    await arrival(world, floor, say);
    await ending(world, floor, say);
    const counted = countedBy(world);
    await world.stopApp();
    const ledger = await readLedger({ dataDir: world.dataDir, url: world.databaseUrl });
    return compare({ sold: floor.sold, counted, ledger, faults: Object.fromEntries(faults) });
  } finally {
    await world.close();
  }
}

/** Sells what is due by the clock: a busy machine delays a sale and drops none. */
function sellSteadily(floor: ShopFloor, rate: number): NodeJS.Timeout {
  const begun = Date.now();
  let made = 0;
  return setInterval(() => {
    const due = Math.floor(((Date.now() - begun) / 1000) * rate);
    for (; made < due; made += 1) floor.sell();
  }, 1000 / rate);
}

type Breaking = {
  readonly world: World;
  readonly floor: ShopFloor;
  readonly until: number;
  readonly kinds: readonly ChaosFault[];
  readonly faults: Map<string, number>;
  readonly say: (line: string) => void;
};

/** One fault after the other, round and round; every kind comes at least once. */
async function breakThings({ world, floor, until, kinds, faults, say }: Breaking): Promise<void> {
  await pause(BETWEEN_FAULTS_MS);
  for (let n = 0; n < kinds.length || Date.now() < until; n += 1) {
    const fault = kinds[n % kinds.length];
    if (fault === undefined) return;
    say(fault.name);
    await fault.strike({ world, floor });
    faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1);
    const left = Math.max(0, until - Date.now()) / Math.max(1, kinds.length - n);
    await pause(n < kinds.length ? Math.min(BETWEEN_FAULTS_MS, left) : BETWEEN_FAULTS_MS);
  }
}

async function heal({ meta, shopify, cli }: World, floor: ShopFloor, say: (line: string) => void): Promise<void> {
  say("healing everything ...");
  meta.faults.clear();
  await floor.settled();
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
async function arrival(world: World, floor: ShopFloor, say: (line: string) => void): Promise<void> {
  const giveUpAt = Date.now() + SETTLE_MS;
  const wanted = floor.sold.filter(({ expected }) => expected === "send");
  for (;;) {
    const there = new Set(world.meta.received().map(({ eventId }) => eventId));
    const missing = wanted.filter(({ eventId }) => !there.has(eventId)).length;
    if (missing === 0 || Date.now() > giveUpAt) return;
    say(`waiting for ${missing} orders ...`);
    await pause(LOOK_EVERY_MS * 4);
  }
}

/**
 * Waits until the ledger has an ending for what Meta must not get: an order that a comparison with the shop has just
 * brought may be decided after the last one to be sent has arrived.
 */
async function ending(
  { dataDir, databaseUrl: url }: World,
  floor: ShopFloor,
  say: (line: string) => void,
): Promise<void> {
  // The embedded database belongs to the app while that runs.
  if (url === undefined) return pause(EMBEDDED_ENDING_MS);
  const giveUpAt = Date.now() + SETTLE_MS;
  const wanted = floor.sold.filter(({ expected }) => expected !== "send");
  for (;;) {
    const ledger = await readLedger({ dataDir, url });
    const open = wanted.filter(({ eventId }) => !ENDED.has(ledger.get(eventId)?.state ?? "")).length;
    if (open === 0 || Date.now() > giveUpAt) return;
    say(`waiting for the ledger to end ${open} orders ...`);
    await pause(LOOK_EVERY_MS * 4);
  }
}

const countedBy = ({ meta }: World): readonly Counted[] =>
  meta
    .received()
    .filter(({ eventName }) => eventName === "Purchase")
    .map(({ eventId, server, serverCopies, serverEventTimes, firstReceivedAt }) => ({
      eventId,
      orderId: orderOf(eventId, server?.event["custom_data"]),
      copies: serverCopies,
      eventTimes: serverEventTimes,
      firstReceivedAt: new Date(firstReceivedAt),
    }));

/** By the order that the event itself names, so that one order under two ids shows. */
function orderOf(eventId: string | null, customData: unknown): string | null {
  const named =
    typeof customData === "object" && customData !== null && "order_id" in customData && customData.order_id;
  return typeof named === "string" ? named : eventId;
}
