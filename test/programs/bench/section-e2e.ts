import { atLeast, atMost, figuresOf, repeated, type Row, type Section, medianOf } from "./section.ts";
import { type Load, once, openScene, WHOLE_WAY } from "./whole-way.ts";

const SHOPS = 50;

/** Webhook in, joined with its receipt, delivered, recorded. The receipts are there before their orders. */
export const endToEndSection: Section = async (bench) => {
  const one = { name: "one process", roles: ["all"] } as const;
  const two = { name: "web + worker", roles: ["web", "worker"] } as const;
  const paced: Load = { orders: bench.count(1_000, 300), perSecond: 200 };
  const flood: Load = { orders: bench.count(4_000, 800) };
  const faults: string[] = [];
  const rows: Row[] = [];
  for (const setup of [one, two]) {
    const scene = await openScene(SHOPS, setup.roles);
    for (const load of [paced, flood]) {
      const pace = load.perSecond === undefined ? "as fast as it goes" : `${load.perSecond}/s`;
      const name = `${setup.name}, ${pace}`;
      bench.say(`e2e: ${name}`);
      rows.push({ name, figures: figuresOf(await repeated(bench.runs, () => once(scene, load, faults)), WHOLE_WAY) });
    }
    await scene.close();
  }
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
      "e2e.sustained": atLeast(
        2_500,
        Math.max(medianOf(rows, 1, "perSecond"), medianOf(rows, 3, "perSecond")),
        "orders/s delivered",
      ),
      "e2e.memory": atMost(300, medianOf(rows, 2, "rssMb"), "MB RSS, web + worker at 200 orders/s"),
    },
    faults,
    notes: ["orders/s counts until the last event is recorded as delivered. RSS is the sum of the app's processes."],
  };
};
