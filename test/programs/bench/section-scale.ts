import { seedLedger } from "./database.ts";
import { atMost, type Bench, figuresOf, repeated, type Row, type Section } from "./section.ts";
import { type Load, once, openScene, type Scene, WHOLE_WAY } from "./whole-way.ts";

const SHOPS = [1, 100, 10_000] as const;
const LEDGERS = [10_000, 100_000, 1_000_000] as const;
const LARGEST_QUICK = 100_000;
// Slow enough that each order is processed alone even with a hundred shops: this measures what more shops cost, not what batching saves.
const PER_SECOND = 200;

/** Whether an event costs more where there are more shops or a longer ledger. */
export const scaleSection: Section = async (bench) => {
  const faults: string[] = [];
  const rows: Row[] = [];
  const measure = async (scene: Scene, name: string, load: Load): Promise<number> => {
    bench.say(`scale: ${name}`);
    const figures = figuresOf(await repeated(bench.runs, () => orders(scene, load, faults)), [...WHOLE_WAY, "allUs"]);
    rows.push({ name, figures });
    return figures.allUs.median;
  };
  const byShops: number[] = [];
  const byRows: number[] = [];
  for (const shops of SHOPS) {
    const scene = await openScene(shops, ["all"]);
    const paced = { orders: bench.count(400, 200), perSecond: PER_SECOND };
    byShops.push(await measure(scene, `${shops} shops, ${PER_SECOND} orders/s`, paced));
    if (shops === 100) byRows.push(...(await growing(scene, bench, measure)));
    await scene.close();
  }
  return {
    title: "scale: processor time of app and database for one order, from the webhook to delivered",
    columns: [
      { key: "allUs", title: "CPU us/order", digits: 0 },
      { key: "appUs", title: "app", digits: 0 },
      { key: "databaseUs", title: "database", digits: 0 },
      { key: "perSecond", title: "orders/s", digits: 0 },
    ],
    rows,
    targets: {
      "scale.shops": atMost(1.3, growth(byShops.slice(1)), "times the cost at 100 shops"),
      "scale.ledger": atMost(1.3, growth(byRows), "times the cost at 10^4 rows"),
    },
    faults,
    notes: [
      `At ${PER_SECOND} orders/s of 100 shops or more every order is a request to Meta of its own; one shop's share theirs.`,
      `The ledger is 100 shops', thirteen months old at its oldest, its orders come as fast as they go.${
        bench.quick ? " 10^6 rows are left out by --quick." : ""
      }`,
    ],
  };
};

const growth = ([first = Number.NaN, ...rest]: readonly number[]): number => Math.max(...rest) / first;

/** What an order costs as one ledger grows. */
async function growing(
  scene: Scene,
  bench: Bench,
  measure: (scene: Scene, name: string, load: Load) => Promise<number>,
): Promise<readonly number[]> {
  const costs: number[] = [];
  let there = 0;
  for (const length of LEDGERS) {
    if (bench.quick && length > LARGEST_QUICK) continue;
    const more = { first: there, count: length - there, shops: scene.shops };
    await scene.database.use((open) => seedLedger(open, more));
    there = length;
    costs.push(await measure(scene, `10^${Math.log10(length)} ledger rows`, { orders: bench.count(1_200, 400) }));
  }
  return costs;
}

async function orders(scene: Scene, load: Load, faults: string[]) {
  const result = await once(scene, load, faults);
  return { ...result, allUs: result.appUs + result.databaseUs };
}
