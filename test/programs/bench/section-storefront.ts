import { gzipSync } from "node:zlib";
import { freePort } from "../../support/free-port.ts";
import { bundled, TARGETS } from "../../../app/scripts/build-extensions.mjs";
import { lighthouseScores } from "./lighthouse-scores.ts";
import { embedMainThread } from "./main-thread.ts";
import { atMost, figuresOf, type Row, type Section, type Target } from "./section.ts";
import { measured } from "./statistics.ts";
import { openStorefrontScene } from "./storefront-scene.ts";

const NAMES = ["theme embed", "theme embed, report", "theme embed, cart", "theme embed, extras", "web pixel"] as const;

/** What a shopper's browser has to load and to do. Built from today's sources; nothing is written. */
export const storefrontSection: Section = async ({ count, say, quick }) => {
  const rows: Row[] = [];
  const targets: Record<string, Target> = {};
  for (const name of NAMES) {
    const text = await bundled(name);
    const gzipBytes = gzipSync(text).length;
    rows.push({ name, figures: { bytes: Buffer.byteLength(text), gzipBytes } });
    targets[`storefront.${name.replaceAll(/\W+/g, "-")}`] = atMost(TARGETS[name].budget, gzipBytes, "bytes after gzip");
  }
  const browsed = await inBrowser({ visits: count(9, 2), audits: count(7, 1), say });
  return {
    title: "storefront: scripts as they are served, and what they take of a product page (lite mode)",
    columns: [
      { key: "own_ms", title: "own main-thread ms", digits: 1 },
      { key: "called_ms", title: "with what it calls", digits: 1 },
      { key: "score", title: "Lighthouse", digits: 1 },
      { key: "bytes", title: "bytes", digits: 0 },
      { key: "gzipBytes", title: "after gzip", digits: 0 },
    ],
    rows: [...rows, ...browsed.rows],
    targets: { ...targets, ...browsed.targets },
    faults: [],
    notes: [
      "Times are those of the embed's files in a trace, by samples, on a processor four times slower and by the main " +
        "thread's own clock. A function of the browser that has no frame of its own, such as sendBeacon, counts for its caller.",
      "Lighthouse: performance, mobile, with simulated throttling, whose score of one and the same page varies by two points " +
        `and more; so the differences of pairs are what is judged, by their median${quick ? ": of one pair, which says little" : ""}.`,
    ],
  };
};

type Browsing = { readonly visits: number; readonly audits: number; readonly say: (line: string) => void };

async function inBrowser({ visits, audits, say }: Browsing) {
  const scene = await openStorefrontScene(await freePort());
  try {
    say(`storefront: ${visits} visits, on a processor four times slower`);
    const { first, next } = await embedMainThread(scene, visits);
    const keys = ["own_ms", "called_ms"] as const;
    const [firstPage, nextPage] = [figuresOf(first, keys), figuresOf(next, keys)];
    say(`storefront: Lighthouse, ${audits} times without and with the embed`);
    const scores = await lighthouseScores(scene, audits);
    const lost = measured(scores.map(({ without, with_ }) => without - with_));
    return {
      rows: [
        { name: "embed, a visitor's first page", figures: firstPage },
        { name: "embed, a following page", figures: nextPage },
        { name: "page without the embed", figures: { score: measured(scores.map(({ without }) => without)) } },
        { name: "page with the embed", figures: { score: measured(scores.map(({ with_ }) => with_)) } },
        { name: "points that the embed costs, in pairs", figures: { score: lost } },
      ] satisfies Row[],
      targets: {
        "storefront.main-thread-first": atMost(5, firstPage.own_ms.median, "ms of its own, first page, 4x slower"),
        "storefront.main-thread": atMost(5, nextPage.own_ms.median, "ms of its own, following page, 4x slower"),
        "storefront.lighthouse": {
          ...atMost(1, lost.median, "points that the embed costs"),
          met: lost.median < 1,
        },
      } satisfies Record<string, Target>,
    };
  } finally {
    await scene.close();
  }
}
