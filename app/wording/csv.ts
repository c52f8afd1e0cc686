export type Cell = string | number | boolean | null | undefined;

/** RFC 4180 CSV: a header, then a row each; unknown values are empty cells. */
export const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map(csvLine).join("\r\n");

/** One row of it, without its end. */
export const csvLine = (row: readonly Cell[]): string => row.map(cell).join(",");

// Spreadsheets read such a cell as a formula; an apostrophe makes it text (OWASP, "CSV Injection", 2026-11).
const FORMULA = /^[=+\-@\t\r\n]/;
// What an ID or a number consists of: no formula made of these does harm.
const HARMLESS = /^-[\w.:-]*$/;

function cell(value: Cell): string {
  const raw = value === null || value === undefined ? "" : String(value);
  const text = FORMULA.test(raw) && !HARMLESS.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
