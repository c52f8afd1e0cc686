import { CsvError, parse, type Parser } from "csv-parse";
import { type CsvEncoding, CsvProblem, type CsvRow, delimiterOf, encodingOf } from "./csv-mapping.ts";
import { CSV_OPTIONS, columnsFrom, NOT_TEXT, rowOf, unreadable } from "./read-csv.server.ts";

/** A stretch of a file that begins with the file's first row, which names the columns. */
export type CsvPart = {
  readonly bytes: Uint8Array;
  /** Of a file without a byte order mark; absent: UTF-8. */
  readonly encoding?: CsvEncoding | undefined;
  /** The line of the file that the rows of this part come after; absent: the first row's. */
  readonly afterLine?: number | undefined;
  /** Whether the file ends with it; of any other part, a row at its end may go on in the next. */
  readonly isLast: boolean;
};

export type ReadPart = {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** How many bytes the first row takes, with the mark. */
  readonly headerBytes: number;
  /** How many bytes were read to the end of the last row of `rows`; the next part goes on behind them. */
  readonly readBytes: number;
  readonly lastLine: number;
  /** Whether the part is read to its end. */
  readonly isDone: boolean;
  /** Why nothing behind `rows` can be read. */
  readonly problem: CsvProblem | null;
};

/** The shape that csv-parse documents for `info`: what it has read when the record ends. */
type Read = { readonly record: string[]; readonly info: { readonly lines: number; readonly bytes: number } };

/**
 * The complete rows of a part, at most `limit` of them, and where they end: a browser sends a long file in parts, each
 * with an answer of its own. Throws CsvProblem if the first row names no columns.
 */
export async function readCsvPart(part: CsvPart, limit: number): Promise<ReadPart> {
  const { bytes, isLast } = part;
  const mark = encodingOf(bytes.subarray(0, 3));
  const encoding = mark ?? part.encoding ?? "utf-8";
  const text = decoded(bytes, encoding, isLast);
  const bytesOf = byteCounter(text, encoding, mark);
  const { records, problem } = await recordsOf(text, isLast);
  const [header, ...all] = records;
  if (header === undefined) throw problem ?? new CsvProblem("empty", "The file is empty.");
  const columns = columnsFrom(header.record);
  const kept = all.slice(0, limit);
  const { lines: headerLines } = header.info;
  const lineOf = ({ lines }: Read["info"]): number => lines - headerLines + (part.afterLine ?? headerLines);
  const last = kept.at(-1) ?? header;
  const isCut = kept.length < all.length;
  return {
    columns,
    rows: kept.map(({ record, info }) => rowOf(record, columns, lineOf(info))),
    headerBytes: bytesOf(header.info),
    readBytes: bytesOf(last.info),
    lastLine: lineOf(last.info),
    isDone: isLast && !isCut,
    problem: isCut ? null : problem,
  };
}

function decoded(bytes: Uint8Array, encoding: CsvEncoding, isLast: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isLast });
  } catch {
    throw new CsvProblem("not-text", NOT_TEXT);
  }
}

/** csv-parse counts the bytes of the text as UTF-8; the file may have another encoding, and a mark before the text. */
function byteCounter(text: string, encoding: CsvEncoding, mark: CsvEncoding | null): (info: Read["info"]) => number {
  if (encoding === "utf-8") return ({ bytes }) => bytes + (mark === null ? 0 : 3);
  const utf8 = Buffer.from(text);
  const [width, markBytes] = encoding === "windows-1252" ? [1, 0] : [2, mark === null ? 0 : 2];
  return ({ bytes }) => utf8.toString("utf8", 0, bytes).length * width + markBytes;
}

async function recordsOf(
  text: string,
  isLast: boolean,
): Promise<{ readonly records: readonly Read[]; readonly problem: CsvProblem | null }> {
  const parser = parse({ ...CSV_OPTIONS, delimiter: delimiterOf(text.split(/[\r\n]/, 1)[0] ?? "") });
  const records: Read[] = [];
  const take = (): void => {
    for (let read = next(parser); read !== null; read = next(parser)) records.push(read);
  };
  const problem = await new Promise<CsvProblem | null>((resolve, reject) => {
    parser.on("error", (error) => (error instanceof CsvError ? resolve(unreadable(error)) : reject(error)));
    parser.on("readable", take).on("end", () => resolve(null));
    // The parser splits what it is given before `write` returns.
    parser.write(text, () => isLast || resolve(null));
    take();
    if (isLast) parser.end();
  });
  parser.destroy();
  return { records, problem };
}

// Readable.read() of an object stream is one record, or null.
const next = (parser: Parser): Read | null => parser.read() as Read | null;
