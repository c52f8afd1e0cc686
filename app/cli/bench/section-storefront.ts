import { gzipSync } from "node:zlib";
import { bundled, TARGETS } from "../build-extensions.mjs";
import { embedMainThread } from "./main-thread.ts";
import { atMost, figuresOf, type Row, type Section, type Target } from "./section.ts";

const NAMES = ["theme embed", "theme embed, report", "theme embed, extras", "web pixel"] as const;

/** What a shopper's browser has to load. Built from today's sources; nothing is written. */
export const storefrontSection: Section = async ({ count, say }) => {
  const rows: Row[] = [];
  const targets: Record<string, Target> = {};
  for (const name of NAMES) {
    const text = await bundled(name);
    const gzipBytes = gzipSync(text).length;
    rows.push({ name, figures: { bytes: Buffer.byteLength(text), gzipBytes } });
    targets[`storefront.${name.replaceAll(/\W+/g, "-")}`] = atMost(TARGETS[name].budget, gzipBytes, "bytes after gzip");
  }
  say("storefront: a product page with the embed, on a processor four times slower");
  const { own_ms, within_ms } = figuresOf(await embedMainThread(count(15, 5)), ["own_ms", "within_ms"]);
  rows.push({ name: "embed on a product page", figures: { own_ms, within_ms } });
  targets["storefront.main-thread"] = atMost(5, own_ms.median, "ms of its own on the main thread, 4x slower");
  return {
    title: "storefront: scripts as they are served, and what they take of a page",
    columns: [
      { key: "own_ms", title: "main thread, own ms", digits: 1 },
      { key: "within_ms", title: "with what it calls, ms", digits: 1 },
      { key: "bytes", title: "bytes", digits: 0 },
      { key: "gzipBytes", title: "after gzip", digits: 0 },
    ],
    rows,
    targets,
    faults: [],
    notes: [
      "The main thread's time is the median of visits in lite mode under a sampling profiler, which costs time itself.",
      "A Lighthouse comparison is not part of it.",
    ],
  };
};
