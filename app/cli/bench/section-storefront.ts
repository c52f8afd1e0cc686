import { gzipSync } from "node:zlib";
import { bundled, TARGETS } from "../build-extensions.mjs";
import { atMost, type Section, type Target } from "./section.ts";

const NAMES = ["theme embed", "theme embed, report", "theme embed, extras", "web pixel"] as const;

/** What a shopper's browser has to load. Built from today's sources; nothing is written. */
export const storefrontSection: Section = async () => {
  const rows = [];
  const targets: Record<string, Target> = {};
  for (const name of NAMES) {
    const text = await bundled(name);
    const gzipBytes = gzipSync(text).length;
    rows.push({ name, figures: { bytes: Buffer.byteLength(text), gzipBytes } });
    targets[`storefront.${name.replaceAll(/\W+/g, "-")}`] = atMost(TARGETS[name].budget, gzipBytes, "bytes after gzip");
  }
  return {
    title: "storefront: scripts as they are served",
    columns: [
      { key: "bytes", title: "bytes", digits: 0 },
      { key: "gzipBytes", title: "after gzip", digits: 0 },
    ],
    rows,
    targets,
    faults: [],
    notes: [],
  };
};
