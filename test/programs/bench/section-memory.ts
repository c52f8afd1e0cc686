import { usageSum } from "./running-app.ts";
import { atMost, type Section } from "./section.ts";
import { measured, slope } from "./statistics.ts";
import { once, openScene } from "./whole-way.ts";

const SHOPS = 50;
const PER_SECOND = 200;
const STRETCH_SECONDS = 5;
const SAMPLE_MS = 1_000;
// Compiled code and full buffers come with the first orders, and stay.
const WARMTH = 1 / 3;

type Sample = { readonly minute: number; readonly rssMb: number };

/** Resident memory of web and worker at a steady load, and whether it grows. */
export const memorySection: Section = async ({ quick, minutes = quick ? 0.25 : 1, say }) => {
  say(`memory: ${minutes} minutes`);
  const scene = await openScene(SHOPS, ["web", "worker"]);
  const faults: string[] = [];
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const minutesGone = (): number => (performance.now() - startedAt) / 60_000;
  const sampling = setInterval(() => {
    void usageSum(scene.servers, "rssBytes").then((bytes) => {
      samples.push({ minute: minutesGone(), rssMb: bytes / 1e6 });
    });
  }, SAMPLE_MS);
  while (minutesGone() < minutes) {
    await once(scene, { orders: PER_SECOND * STRETCH_SECONDS, perSecond: PER_SECOND }, faults);
  }
  clearInterval(sampling);
  await scene.close();

  const warm = samples.filter(({ minute }) => minute >= minutes * WARMTH);
  const rssMb = measured(warm.map((sample) => sample.rssMb));
  const growth = slope(warm.map((sample) => [sample.minute, sample.rssMb]));
  return {
    title: `memory: web + worker at ${PER_SECOND} orders/s over ${minutes} minutes, PostgreSQL`,
    columns: [
      { key: "rssMb", title: "RSS MB", digits: 0 },
      { key: "growth", title: "growth MB/minute", digits: 2 },
      { key: "samples", title: "samples", digits: 0 },
    ],
    rows: [{ name: "after the first third", figures: { rssMb, growth, samples: warm.length } }],
    targets: {
      "memory.rss": atMost(300, rssMb.highest, "MB RSS at the most, web + worker"),
      "memory.growth": atMost(1, growth, "MB a minute, by least squares"),
    },
    faults,
    notes: ["Ten minutes (--minutes 10) say whether it is flat; a shorter run may still be warming up."],
  };
};
