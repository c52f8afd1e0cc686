import type { Day } from "../../ledger/daily-figure-types.ts";
import type { Words } from "../../wording/words.ts";
import type { CHART } from "./chart-geometry.server.ts";

/** The size that the server computes with: the compiler holds the two together. */
export const BOX: typeof CHART = { width: 360, height: 200, left: 40, right: 352, top: 12, bottom: 176 };

/** Every color has a contrast of at least 3:1 with the white behind it, but the grid, which says nothing by itself. */
export const INK = {
  text: "#4a4a4a",
  grid: "#e3e3e3",
  mark: "#5c2d91",
  line: "#0b5cad",
  delivered: "#0c7a43",
  failed: "#b3261e",
  excluded: "#a35200",
  waiting: "#56606b",
} as const;

/** A day of the shop's calendar is the same day wherever it is read. */
export const dateOf = (words: Words, day: Day): string => {
  const at = new Date(`${day}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : words.in("UTC").date(at);
};
