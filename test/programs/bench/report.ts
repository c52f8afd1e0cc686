import { execFileSync } from "node:child_process";
import { cpus, loadavg, platform, totalmem } from "node:os";
import type { Column, Row, SectionResult, Target } from "./section.ts";

/** The machine that the figures were measured on; figures of two machines cannot be compared. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: platform(),
  node: process.version,
  commit: commit(),
  /** Above the number of cores, another program was using the machine. */
  loadAtStart: Number((loadavg()[0] ?? 0).toFixed(2)),
  startedAt: new Date().toISOString(),
});

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown"; // a checkout without git
  }
}

export type TimedResult = SectionResult & { readonly seconds: number };

/** One section as a table: the median, and in brackets the lowest and the highest run. */
export function sectionTable({ title, columns, rows, notes, faults, seconds }: TimedResult): string {
  const head = ["", ...columns.map((column) => column.title)];
  const body = rows.map((row) => [row.name, ...columns.map((column) => cell(row, column))]);
  return [
    `\n${title}`,
    ...aligned([head, ...body]),
    ...notes,
    ...faults.map((fault) => `FAULT: ${fault}`),
    took(seconds),
  ].join("\n");
}

const took = (seconds: number): string => `(took ${seconds.toFixed(0)} s)`;

function cell({ figures }: Row, { key, digits }: Column): string {
  const figure = figures[key];
  if (figure === null || figure === undefined) return "";
  if (typeof figure === "number") return figure.toFixed(digits);
  const { median, lowest, highest } = figure;
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}-${highest.toFixed(digits)})`;
}

export function targetTable(targets: Readonly<Record<string, Target>>): string {
  const rows = Object.entries(targets).map(([name, { goal, bound, value, unit, met }]) => [
    name,
    `${bound} ${goal}`,
    value.toFixed(value < 20 ? 2 : 0),
    unit,
    met ? "met" : "NOT MET",
  ]);
  return ["\ntargets", ...aligned([["", "goal", "value", "unit", ""], ...rows])].join("\n");
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
