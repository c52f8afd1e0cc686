import { eventsGrowth } from "./events-growth.ts";
import { CONNECTIONS, EVENTS_KEYS, type EventsScene, measuring, openFloor, openTandem, SHOPS } from "./events-scene.ts";
import { atLeast, atMost, type Bench, figuresOf, repeated, type Row, type Section, medianOf } from "./section.ts";

/** Storefront events from the collector's post until they are recorded as delivered, beside the floor of this machine. */
export const eventsSection: Section = async (bench) => {
  const faults: string[] = [];
  const count = bench.count(12_000, 3_000);
  const rows: Row[] = [];
  for (const open of [openFloor, openTandem(), openTandem({ kind: "pglite" }), openTandem({ together: 2 })]) {
    const scene = await open();
    bench.say(`events: ${scene.name}`);
    rows.push(await measure(bench, scene, { count, faults }));
    await scene.close();
  }
  const growth = await eventsGrowth(bench, faults);
  rows.push(...growth.rows);
  const ratio = (key: string, row = 1): number => medianOf(rows, row, key) / medianOf(rows, 0, key);
  return {
    title: `events: one ViewContent a post, or a page's two events, ${SHOPS} shops, ${CONNECTIONS} connections, until recorded as delivered`,
    columns: [
      { key: "perSecond", title: "events/s", digits: 0 },
      { key: "appUs", title: "app CPU us", digits: 0 },
      { key: "databaseUs", title: "db CPU us", digits: 0 },
      { key: "walBytes", title: "WAL B", digits: 0 },
      { key: "diskBytes", title: "disk B", digits: 0 },
      { key: "peakRssMb", title: "peak RSS MB", digits: 0 },
    ],
    rows,
    targets: {
      "events.rate-vs-floor": atLeast(0.7, ratio("perSecond"), "times the floor's rate"),
      "events.paired-rate-vs-floor": atLeast(1, ratio("perSecond", 3), "times the floor's rate with one a post"),
      "events.app-vs-floor": atMost(2, ratio("appUs"), "times the floor's CPU"),
      "events.database-vs-floor": atMost(1.6, ratio("databaseUs"), "times the floor's database CPU"),
      "events.wal": atMost(1_600, medianOf(rows, 1, "walBytes"), "B of WAL an event"),
      "events.disk": atMost(1_100, medianOf(rows, 1, "diskBytes"), "B of disk an event, in full"),
      "events.pglite-rss": atMost(500, medianOf(rows, 2, "peakRssMb"), "MB RSS on PGlite"),
      "events.growth": atMost(1.2, growth.ratio, "times the CPU with 10^5 storefront rows"),
    },
    faults,
    notes: [
      "The last two rows: the same event with fewer and with more rows in the ledger, in turns.",
      "The floor parses the post, stores one row, sends in batches by pixel and marks a batch in one update;",
      "it checks no consent, joins nothing, has no ledger page and loses what a crash leaves between two statements.",
    ],
  };
};

async function measure(bench: Bench, scene: EventsScene, plan: Parameters<typeof measuring>[1]): Promise<Row> {
  const { once, end } = await measuring(scene, plan);
  const results = await repeated(bench.runs, once);
  await end();
  return { name: scene.name, figures: figuresOf(results, EVENTS_KEYS) };
}
