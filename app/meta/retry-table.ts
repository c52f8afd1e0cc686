import { backoffMs, PAIR_MS, sendableUntil } from "./retry-schedule.ts";
import {
  type CodeRange,
  META_VERDICTS,
  NO_ANSWER,
  SHORT_COUNT,
  STATUS_VERDICTS,
  TRANSIENT,
  UNKNOWN,
  type VerdictRow,
} from "./verdict-table.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LARGEST_JITTER = 1;

/** The text of `docs/retry-table.md`, from the tables and formulas that the code uses. */
export const retryTable = (): string => `# When a delivery is tried again

Written by \`npm run retry-table -- --write\` from \`app/meta/retry-schedule.ts\` and \`app/meta/verdict-table.ts\`; a test fails when it is out of date. The words are explained in [the glossary](glossary.md).

## How long a pixel waits

After the verdict \`try-later\` nothing is sent to that pixel for a while: exponential backoff with full jitter, so that pixels that failed together do not resume together. Its events stay due and keep their order. A success ends the series. If Meta's headers request a wait, the pixel waits that long and up to a tenth longer: \`x-business-use-case-usage\` (minutes), \`x-ad-account-usage\` (seconds), \`retry-after\` (seconds).

${table(["failures in a row", "shortest wait", "longest wait", "since the first failure, at most"], delays())}

An event that fails alone while others of its pixel are accepted waits by itself, by the same table and its own number of attempts.

## When sending ends

- ${inWords(sendableUntil(0).getTime())} after the event; ${inWords(sendableUntil(0, "physical_store").getTime())} for sales in a physical shop (\`physical_store\`). Meta accepts 7 and 62 days, and refuses a whole request for one older event. The event is then \`expired\`, with the last problem as its reason.
- ${inWords(PAIR_MS)} after its browser leg reached Meta, because Meta merges the two legs for 48 hours only. The event is then \`withheld\` as \`dedup-window-passed\`.
- After the number of tries in the tables below, if there is one.

## What an answer of Graph means

The first row that matches decides. "Halved" says whether the request is sent again in halves to isolate a bad event: always, or once the failure has lasted for several attempts.

${table(["code", "subcode", "verdict", "wait", "tries", "halved", "what the merchant reads"], META_VERDICTS.map(codeRow))}

Graph's own \`is_transient\` turns a refusal, and a code without a row, into: ${outcomeOf(TRANSIENT)}.

## Answers without a Graph error

${table(["answer", "verdict", "wait", "tries", "halved", "what the merchant reads"], otherRows())}
`;

function delays(): string[][] {
  let sum = 0;
  const rows: string[][] = [];
  for (let failures = 1; ; failures++) {
    const longest = backoffMs(failures, LARGEST_JITTER);
    sum += longest;
    const isLast = longest === HOUR_MS;
    rows.push([
      isLast ? `${failures} and more` : String(failures),
      inWords(backoffMs(failures, 0)),
      inWords(longest),
      isLast ? "an hour more each time" : inWords(sum),
    ]);
    if (isLast) return rows;
  }
}

type Outcome = Pick<VerdictRow, "verdict" | "advice" | "waitMinutes" | "maxAttempts" | "isolate">;

const codeRow = (row: VerdictRow): string[] => [codes(row.code), codes(row.subcode), ...outcome(row)];

const otherRows = (): string[][] => [
  ["no answer: time-out, broken connection", ...outcome(NO_ANSWER)],
  ...STATUS_VERDICTS.map((row) => [`HTTP ${codes(row.status)}`, ...outcome(row)]),
  ["200 that confirms fewer events than were sent", ...outcome(SHORT_COUNT)],
  ["anything else, and codes without a row", ...outcome(UNKNOWN)],
];

const outcome = (row: Outcome): string[] => [
  `\`${row.verdict}\``,
  row.waitMinutes === undefined ? "" : inWords(row.waitMinutes * MINUTE_MS),
  row.maxAttempts === undefined ? "" : String(row.maxAttempts),
  isolation(row),
  row.advice,
];

function isolation({ verdict, isolate }: Outcome): string {
  if (verdict === "refused" || isolate === "at-once") return "always";
  return isolate ? "after a while" : "";
}

const outcomeOf = (row: Outcome): string => `\`${row.verdict}\`, "${row.advice}"`;

function codes(range: CodeRange | undefined): string {
  if (range === undefined) return "";
  return typeof range === "number" ? String(range) : `${range[0]} to ${range[1]}`;
}

const UNITS = [
  [24 * HOUR_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
  [1_000, "second"],
] as const;

/** `6 days 23 hours 50 minutes`. */
function inWords(ms: number): string {
  let left = ms;
  const parts = UNITS.flatMap(([unit, name]) => {
    const count = Math.floor(left / unit);
    left -= count * unit;
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? "" : "s"}`];
  });
  return parts.join(" ");
}

/** As Prettier would write it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
