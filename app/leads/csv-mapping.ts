import type { Problem } from "../wording/field-problem-words.ts";
import { HookMapping } from "./hooks/mapping-schema.ts";

/** A file whose columns have the API's names; any other file needs a mapping, with a column's name as the path. */
export const CSV_MAPPING: HookMapping = HookMapping.parse({
  lead: [
    { by: "eventId", path: "/event_id" },
    { by: "externalId", path: "/external_id" },
    { by: "leadId", path: "/lead_id" },
    { by: "email", path: "/email" },
    { by: "phone", path: "/phone" },
  ],
  stage: { path: "/stage" },
  at: { path: "/at" },
  value: "/value",
  currency: { path: "/currency" },
  consent: "/consent",
  id: ["/id"],
});

export const CSV_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** One line of a file: its number in the file, its cells, and a record of them unless the line is malformed. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] } & (
  { readonly record: Readonly<Record<string, string>> } | { readonly problem: Problem }
);

export const CSV_PROBLEMS = [
  "not-text",
  "empty",
  "too-many-columns",
  "column-twice",
  "quote-open",
  "row-too-long",
  "unreadable",
] as const;
export type CsvProblemKind = (typeof CSV_PROBLEMS)[number];

/** A file that cannot be read further. */
export class CsvProblem extends Error {
  override readonly name = "CsvProblem";
  readonly kind: CsvProblemKind;

  constructor(kind: CsvProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The delimiter that the header has most often, outside quotes. */
export function delimiterOf(header: string): string {
  const plain = header.replace(/"(?:[^"]|"")*"/g, "");
  const counts = DELIMITERS.map((sign) => plain.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** By the byte order mark; null without one. */
export function encodingOf(bytes: Uint8Array): CsvEncoding | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}
