import { expect, test } from "vitest";
import type { CsvRow } from "../../app/leads/csv-mapping.ts";
import { readCsv } from "../../app/leads/read-csv.server.ts";
import { readCsvPart } from "../../app/leads/read-csv-part.server.ts";

const FILE = [
  "external_id;stage;note",
  "deal-1;won;plain",
  "",
  'deal-2;lost;"two\r\nlines; and ""quotes"""',
  "deal-3;won",
  "deal-4;won;Größe €",
  "deal-5;won;last",
].join("\r\n");

async function* whole(bytes: Uint8Array) {
  yield bytes;
}

/** As a browser does: the first row, and a stretch of the others, from where the last answer ended. */
async function inParts(file: Buffer, size: number, limit: number): Promise<CsvRow[]> {
  const first = await readCsvPart({ bytes: file, isLast: true }, 0);
  const header = file.subarray(0, first.headerBytes);
  const rows: CsvRow[] = [];
  let [offset, afterLine, length] = [first.headerBytes, first.lastLine, size];
  for (let requests = 0; requests < 500; requests += 1) {
    const bytes = Buffer.concat([header, file.subarray(offset, offset + length)]);
    const read = await readCsvPart({ bytes, afterLine, isLast: offset + length >= file.length }, limit);
    if (read.problem !== null) throw read.problem;
    rows.push(...read.rows);
    if (read.isDone) return rows;
    length = read.rows.length === 0 ? length * 2 : size;
    offset += read.readBytes - header.length;
    afterLine = read.lastLine;
  }
  throw new Error("the parts never end");
}

test.each([
  ["UTF-8", Buffer.from(FILE)],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${FILE}\r\n`)],
  ["UTF-16 with a mark", Buffer.from(`\uFEFF${FILE}`, "utf16le")],
])("a file in %s gives the same rows in parts of every size as in one piece", async (_, file) => {
  const expected: CsvRow[] = [];
  for await (const row of readCsv(whole(file))) expected.push(row);
  expect(expected.map(({ cells }) => cells[0])).toEqual(["deal-1", "deal-2", "deal-3", "deal-4", "deal-5"]);
  for (let size = 8; size <= file.length + 8; size += 2) {
    for (const limit of [1, 100]) expect([size, await inParts(file, size, limit)]).toEqual([size, expected]);
  }
});

test("a quote that never ends is a problem behind the rows before it", async () => {
  const bytes = Buffer.from('a,b\n1,2\n3,"x\n5,6\n');
  const { rows, problem } = await readCsvPart({ bytes, isLast: true }, 100);
  expect([rows.map(({ line }) => line), problem?.kind]).toEqual([[2], "quote-open"]);
});

test.each([
  ["", "empty"],
  ["a,a\n1,2\n", "column-twice"],
  [Buffer.from("a,\xfc\n", "latin1"), "not-text"],
])("%j begins with no row that names columns", async (content, kind) => {
  await expect(readCsvPart({ bytes: Buffer.from(content), isLast: true }, 1)).rejects.toMatchObject({ kind });
});
