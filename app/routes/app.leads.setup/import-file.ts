import type { CsvEncoding } from "../../leads/csv-mapping.ts";
import type { HookMapping } from "../../leads/hooks/mapping-schema.ts";
import type { FileProblem, ImportedPart, Preview, RowToCorrect } from "../../pipeline/import-part.server.ts";

/** A file with what is known of it. Its text is never in memory: the browser reads a stretch at a time. */
export type ChosenFile = { readonly file: File; readonly encoding: CsvEncoding | "" };

/** How far an import is; it goes on from here, also after an answer that never came. */
export type Progress = {
  readonly offset: number;
  readonly line: number;
  readonly rows: number;
  readonly outcomes: ImportedPart["outcomes"];
  /** The first rows to correct. */
  readonly shown: ImportedPart["toCorrect"];
  /** All of them, as lines of a CSV file. */
  readonly correct: readonly Blob[];
};

/** Why an import stands still: its end, no answer, or a file that cannot be read further. */
export type Ending = "done" | "no-answer" | FileProblem;

export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: FileProblem };

const PART_BYTES = 128 * 1024;
// Above the longest row that is read, of 100,000 characters.
const LARGEST_PART_BYTES = 512 * 1024;
// Only empty lines are as long: a longer row is refused by itself.
const NO_ROW: FileProblem = { kind: "unreadable" };
const MOST_SHOWN = 50;
const TRIES = 3;

/** Null without an answer that can be read. `fetch` carries the session token, which App Bridge adds. */
async function post<Value>(fields: Readonly<Record<string, string | Blob>>): Promise<Answer<Value> | null> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch("/app/lead-rows", { method: "POST", body }).catch(() => null);
  if (answer === null || (!answer.ok && answer.status !== 422)) return null;
  // What the route answers: app.lead-rows.tsx.
  return (await answer.json().catch(() => null)) as Answer<Value> | null;
}

/** The first rows of a file. Without a mapping its columns alone. */
export const previewFile = (
  { file, encoding }: ChosenFile,
  mapping: HookMapping | null,
): Promise<Answer<Preview> | null> =>
  post<Preview>({
    intent: "preview",
    encoding,
    mapping: mapping === null ? "" : JSON.stringify(mapping),
    isLast: String(file.size <= LARGEST_PART_BYTES),
    rows: file.slice(0, LARGEST_PART_BYTES),
  });

type Plan = ChosenFile & {
  readonly mapping: HookMapping;
  readonly preview: Preview;
  /** A row to correct as a line of a CSV file, with its end. */
  readonly lineOf: (row: RowToCorrect) => string;
};

export const beginning = ({ headerBytes, headerLine }: Pick<Preview, "headerBytes" | "headerLine">): Progress => ({
  offset: headerBytes,
  line: headerLine,
  rows: 0,
  outcomes: {},
  shown: [],
  correct: [],
});

/** Sends the file from where `progress` stands, part by part, each with the first row before it. */
export async function* importFile(plan: Plan, from: Progress): AsyncGenerator<Progress, Ending> {
  let progress = from;
  let size = PART_BYTES;
  for (;;) {
    const answer = await importedPart(plan, progress, size);
    if (answer === null) return "no-answer";
    if (!answer.ok) return answer.problem;
    const { value } = answer;
    progress = after(progress, value, plan);
    yield progress;
    const ending = endingOf(value, size);
    if (ending !== null) return ending;
    size = value.rows === 0 ? LARGEST_PART_BYTES : PART_BYTES;
  }
}

function endingOf({ problem, isDone, rows }: ImportedPart, size: number): Ending | null {
  if (problem !== null) return problem;
  if (isDone) return "done";
  return rows === 0 && size === LARGEST_PART_BYTES ? NO_ROW : null;
}

/** A part whose answer was lost is sent again: its rows have their answers already, and change nothing twice. */
async function importedPart(
  plan: Plan,
  { offset, line }: Progress,
  size: number,
): Promise<Answer<ImportedPart> | null> {
  const { file, encoding, mapping, preview } = plan;
  const isFirst = offset === preview.headerBytes;
  const fields = {
    intent: "import",
    encoding,
    mapping: JSON.stringify(mapping),
    ...(!isFirst && { afterLine: String(line) }),
    isLast: String(offset + size >= file.size),
    rows: new Blob([file.slice(0, preview.headerBytes), file.slice(offset, offset + size)]),
  };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await post<ImportedPart>(fields);
    if (answer !== null) return answer;
  }
  return null;
}

function after(before: Progress, part: ImportedPart, { preview: { headerBytes }, lineOf }: Plan): Progress {
  const outcomes = { ...before.outcomes };
  for (const [outcome, count] of Object.entries(part.outcomes)) {
    // Object.entries forgets the names, which are outcomes.
    const name = outcome as keyof typeof outcomes;
    outcomes[name] = (outcomes[name] ?? 0) + count;
  }
  return {
    offset: before.offset + part.readBytes - headerBytes,
    line: part.lastLine,
    rows: before.rows + part.rows,
    outcomes,
    shown: [...before.shown, ...part.toCorrect].slice(0, MOST_SHOWN),
    correct: part.toCorrect.length === 0 ? before.correct : [...before.correct, new Blob(part.toCorrect.map(lineOf))],
  };
}
