import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { problem } from "../wording/problem.ts";
import {
  type CsvEncoding,
  CsvProblem,
  type CsvProblemKind,
  type CsvRow,
  delimiterOf,
  encodingOf,
} from "./csv-mapping.ts";

const MOST_COLUMNS = 200;
const LONGEST_RECORD = 100_000;
const LONGEST_HEADER = 20_000;

export const CSV_OPTIONS = {
  info: true,
  relax_column_count: true,
  // A quote inside a cell that does not begin with one is a sign like any other.
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: LONGEST_RECORD,
} as const;

type Bytes = AsyncIterable<Uint8Array>;

export const NOT_TEXT = "The file is not UTF-8. Save it as UTF-8, or say which encoding it has.";
// Of a byte order mark.
const LONGEST_MARK = 3;

/** Decodes as the bytes come, by the mark or as the reader says. */
async function* decoded(bytes: Bytes, encoding: CsvEncoding | undefined): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let begin: Uint8Array = new Uint8Array();
  const decoderOf = (mark: Uint8Array) => new TextDecoder(encodingOf(mark) ?? encoding ?? "utf-8", { fatal: true });
  for await (const chunk of bytes) {
    const waiting: Uint8Array = decoder === null ? Buffer.concat([begin, chunk]) : chunk;
    begin = waiting;
    if (waiting.length < LONGEST_MARK && decoder === null) continue;
    decoder ??= decoderOf(waiting);
    yield textOf(decoder, waiting, true);
  }
  yield decoder === null ? textOf(decoderOf(begin), begin, false) : textOf(decoder, new Uint8Array(), false);
}

function textOf(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw new CsvProblem("not-text", NOT_TEXT);
  }
}

/** The first line decides the delimiter; what was read for it is passed on. */
async function headed(texts: AsyncGenerator<string>): Promise<{ delimiter: string; texts: AsyncGenerator<string> }> {
  let begin = "";
  while (!/[\r\n]/.test(begin) && begin.length < LONGEST_HEADER) {
    const next: IteratorResult<string, unknown> = await texts.next();
    if (next.done === true) break;
    begin += next.value;
  }
  async function* whole(): AsyncGenerator<string> {
    yield begin;
    yield* texts;
  }
  return { delimiter: delimiterOf(begin.split(/[\r\n]/, 1)[0] ?? ""), texts: whole() };
}

/**
 * The rows of a file as they come, so that a long file is never in memory. The first row names the columns. A malformed
 * row is one with its problem. Throws CsvProblem where nothing after it can be trusted.
 */
export async function* readCsv(bytes: Bytes, encoding?: CsvEncoding): AsyncGenerator<CsvRow> {
  const { delimiter, texts } = await headed(decoded(bytes, encoding));
  const parser = parse({ ...CSV_OPTIONS, delimiter });
  const source = Readable.from(texts);
  source.on("error", (error) => parser.destroy(error));
  let columns: readonly string[] | null = null;
  try {
    for await (const row of source.pipe(parser)) {
      // The shape that csv-parse documents for `info`.
      const { record: cells, info } = row as { readonly record: string[]; readonly info: { readonly lines: number } };
      if (columns === null) columns = columnsFrom(cells);
      else yield rowOf(cells, columns, info.lines);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(error);
  } finally {
    source.destroy();
  }
  if (columns === null) throw new CsvProblem("empty", "The file is empty.");
}

const KINDS: Readonly<Record<string, CsvProblemKind>> = {
  CSV_QUOTE_NOT_CLOSED: "quote-open",
  CSV_MAX_RECORD_SIZE: "row-too-long",
};

export const unreadable = (error: CsvError): CsvProblem =>
  new CsvProblem(KINDS[error.code] ?? "unreadable", `The file cannot be read further: ${error.message.slice(0, 200)}`);

export function columnsFrom(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  if (names.length > MOST_COLUMNS) {
    throw new CsvProblem("too-many-columns", `The file has more than ${MOST_COLUMNS} columns.`);
  }
  if (new Set(names).size < names.length) {
    throw new CsvProblem("column-twice", "Two columns of the file have the same name.");
  }
  return names;
}

export function rowOf(cells: readonly string[], columns: readonly string[], line: number): CsvRow {
  if (cells.length !== columns.length) {
    return { line, cells, problem: problem("row.cells", { cells: cells.length, columns: columns.length }) };
  }
  return { line, cells, record: Object.fromEntries(columns.map((name, n) => [name, cells[n] ?? ""])) };
}
