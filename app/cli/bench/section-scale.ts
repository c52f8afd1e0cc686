import { seedEvents } from "./database.ts";
import { atMost, type Bench, figuresOf, repeated, type Row, type Section } from "./section.ts";
import { once, openScene, WHOLE_WAY } from "./whole-way.ts";

// Seeded ledgers lie far from the orders that the load makes.
const OLD_ORDERS = 100_000_000;

type Size = { readonly name: string; readonly shops: number; readonly rows: number };

/** Whether an event costs more where there are more shops or a longer ledger. */
export const scaleSection: Section = async (bench) => {
  const shops: readonly Size[] = [
    { name: "1 shop", shops: 1, rows: 0 },
    { name: "100 shops", shops: 100, rows: 0 },
    { name: "10,000 shops", shops: 10_000, rows: 0 },
  ];
  const ledgers: readonly Size[] = [
    { name: "10^4 ledger rows", shops: 100, rows: 10_000 },
    { name: "10^5 ledger rows", shops: 100, rows: 100_000 },
    ...(bench.quick ? [] : [{ name: "10^6 ledger rows", shops: 100, rows: 1_000_000 }]),
  ];
  const faults: string[] = [];
  const rows: Row[] = [];
  const costs = new Map<Size, number>();
  for (const size of [...shops, ...ledgers]) {
    bench.say(`scale: ${size.name}`);
    const figures = await measureAt(size, bench, faults);
    rows.push({ name: size.name, figures });
    costs.set(size, figures.allUs.median);
  }
  const growth = (sizes: readonly Size[]): number => {
    const [first = Number.NaN, ...rest] = sizes.map((size) => costs.get(size) ?? Number.NaN);
    return Math.max(...rest) / first;
  };
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
      "scale.shops": atMost(1.3, growth(shops.slice(1)), "times the cost at 100 shops"),
      "scale.ledger": atMost(1.3, growth(ledgers), "times the cost at 10^4 rows"),
    },
    faults,
    notes: [
      "With 10,000 shops every order is another shop's, so that each is a request to Meta of its own; with one, hundreds share it.",
    ],
  };
};

async function measureAt({ shops, rows }: Size, bench: Bench, faults: string[]) {
  const scene = await openScene(shops, ["all"]);
  if (rows > 0) {
    await scene.database.use((open) => seedEvents(open, { first: OLD_ORDERS, count: rows, shops }, "delivered"));
  }
  const load = { orders: bench.count(3_000, 1_000) };
  const results = await repeated(bench.runs, async () => {
    const result = await once(scene, load, faults);
    return { ...result, allUs: result.appUs + result.databaseUs };
  });
  await scene.close();
  return figuresOf(results, [...WHOLE_WAY, "allUs"]);
}
