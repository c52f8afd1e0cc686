import { atLeast, figuresOf, repeated, type Row, type Section } from "./section.ts";
import { once, openScene, type Role, WHOLE_WAY } from "./whole-way.ts";

const SHOPS = 50;
const WAYS: readonly { readonly name: string; readonly roles: readonly Role[] }[] = [
  { name: "1 web + 1 worker", roles: ["web", "worker"] },
  { name: "2 web + 2 worker", roles: ["web", "web", "worker", "worker"] },
];

/** More processes on one PostgreSQL: nothing lost or doubled between them, and faster while there are cores for them. */
export const outSection: Section = async (bench) => {
  const faults: string[] = [];
  const rows: Row[] = [];
  const rates: number[] = [];
  for (const { name, roles } of WAYS) {
    bench.say(`out: ${name}`);
    const scene = await openScene(SHOPS, roles);
    const load = { orders: bench.count(3_000, 800) };
    const figures = figuresOf(await repeated(bench.runs, () => once(scene, load, faults)), WHOLE_WAY);
    await scene.close();
    rows.push({ name, figures });
    rates.push(figures.perSecond.median);
  }
  const [few = Number.NaN, many = Number.NaN] = rates;
  return {
    title: "out: the whole way, as fast as it goes, with more processes on one PostgreSQL",
    columns: [
      { key: "perSecond", title: "orders/s", digits: 0 },
      { key: "ackP99Ms", title: "ack p99 ms", digits: 1 },
      { key: "appUs", title: "app CPU us", digits: 0 },
      { key: "databaseUs", title: "db CPU us", digits: 0 },
      { key: "rssMb", title: "RSS MB", digits: 0 },
    ],
    rows,
    targets: { "out.faster": atLeast(1, many / few, "times the rate of 1 + 1") },
    faults,
    notes: [
      "Load, app, PostgreSQL and simulator share the machine's cores: where those are busy, more processes cannot help.",
    ],
  };
};
