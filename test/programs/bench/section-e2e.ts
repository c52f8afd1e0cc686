import { atLeast, atMost, figuresOf, inTurns, repeated, type Row, type Section, medianOf } from "./section.ts";
import { type Load, once, openFloorScene, openScene, WHOLE_WAY } from "./whole-way.ts";

const SHOPS = 50;

/** Webhook in, joined with its receipt, delivered, recorded. The receipts are there before their orders. */
export const endToEndSection: Section = async (bench) => {
  const one = { name: "one process", roles: ["all"] } as const;
  const two = { name: "web + worker", roles: ["web", "worker"] } as const;
  const paced = { orders: bench.count(1_000, 300), perSecond: 200 } satisfies Load;
  const flood: Load = { orders: bench.count(4_000, 800) };
  const faults: string[] = [];
  const rows: Row[] = [];
  const ratios: number[] = [];
  const floor = await openFloorScene(SHOPS);
  for (const setup of [one, two]) {
    const scene = await openScene(SHOPS, setup.roles);
    bench.say(`e2e: ${setup.name}`);
    const slow = await repeated(bench.runs, () => once(scene, paced, faults));
    const fast = await inTurns(
      bench.runs,
      () => once(scene, flood, faults),
      () => once(floor, flood, faults),
    );
    rows.push(
      { name: `${setup.name}, ${paced.perSecond}/s`, figures: figuresOf(slow, WHOLE_WAY) },
      { name: `${setup.name}, as fast as it goes`, figures: figuresOf(fast.mine, WHOLE_WAY) },
      { name: `floor, in turns with ${setup.name}`, figures: figuresOf(fast.floor, WHOLE_WAY) },
    );
    ratios.push(fast.rateVsFloor);
    await scene.close();
  }
  await floor.close();
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
      "e2e.p50-at-200": atMost(100, medianOf(rows, 0, "metaP50Ms"), "ms at 200 orders/s"),
      "e2e.p99-at-200": atMost(250, medianOf(rows, 0, "metaP99Ms"), "ms at 200 orders/s"),
      "e2e.rate-vs-floor": atLeast(0.7, Math.max(...ratios), "times the floor's rate, delivered"),
      "e2e.memory": atMost(300, medianOf(rows, 3, "rssMb"), "MB RSS, web + worker at 200 orders/s"),
    },
    faults,
    notes: [
      "orders/s counts until the last event is recorded as delivered. RSS is the sum of the app's processes.",
      "The floor checks the HMAC, joins the receipt, stores a row once, sends in batches and marks a batch in one update.",
    ],
  };
};
