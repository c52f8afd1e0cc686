import { afterEach, expect, test, vi } from "vitest";
import { HookMapping } from "../../app/leads/hooks/mapping-schema.ts";
import { readCsvPart } from "../../app/leads/read-csv-part.server.ts";
import { beginning, type Ending, importFile, type Progress } from "../../app/routes/app.leads.setup/import-file.ts";

const HEADER = "id,stage\r\n";
const AT_FIRST = beginning({ headerBytes: HEADER.length, headerLine: 1 });
const MAPPING = HookMapping.parse({ lead: [{ by: "externalId", path: "/id" }], stage: { path: "/stage" } });
const PREVIEW = { columns: ["id", "stage"], headerBytes: HEADER.length, headerLine: 1, lastLine: 1, rows: [] };
const lineOf = (): string => "a row to correct\r\n";
const MOST_CALLS = 20;

afterEach(() => vi.unstubAllGlobals());

/** Answers as the server does, but for the calls that `isLost` says are lost; the lines of the rows that arrived. */
function server(isLost: (call: number) => boolean): readonly number[] {
  const lines: number[] = [];
  let calls = 0;
  vi.stubGlobal("fetch", async (_: string, { body }: { readonly body: FormData }) => {
    calls += 1;
    if (calls > MOST_CALLS) throw new Error("It never ends.");
    if (isLost(calls)) throw new TypeError("Failed to fetch");
    const bytes = new Uint8Array(await (body.get("rows") as Blob).arrayBuffer());
    const afterLine = body.has("afterLine") ? Number(body.get("afterLine")) : undefined;
    const read = await readCsvPart({ bytes, afterLine, isLast: body.get("isLast") === "true" }, 1_000);
    lines.push(...read.rows.map(({ line }) => line));
    const { readBytes, lastLine, isDone, rows } = read;
    const value = { readBytes, lastLine, isDone, rows: rows.length, outcomes: { accepted: rows.length } };
    return Response.json({ ok: true, value: { ...value, toCorrect: [], problem: null } });
  });
  return lines;
}

async function imported(file: File, from: Progress): Promise<{ readonly progress: Progress; readonly ending: Ending }> {
  const parts = importFile(
    { file, encoding: "", mapping: MAPPING, lineOf, preview: { ...PREVIEW, problem: null } },
    from,
  );
  let progress = from;
  for (;;) {
    const part = await parts.next();
    if (part.done === true) return { progress, ending: part.value };
    progress = part.value;
  }
}

const fileOf = (rows: readonly string[]): File => new File([HEADER, rows.join("\r\n")], "deals.csv");
const ROWS = Array.from({ length: 4_000 }, (_, row) => `${row},${"won".padEnd(60)}`);

test("a part whose answer is lost is sent again", async () => {
  const lines = server((call) => call === 2);
  const { progress, ending } = await imported(fileOf(ROWS), AT_FIRST);
  expect(ending).toBe("done");
  expect(progress).toMatchObject({ rows: ROWS.length, outcomes: { accepted: ROWS.length } });
  expect(lines).toEqual(ROWS.map((_, row) => row + 2));
});

test("an import without answers stands still, and goes on behind the last row that has one", async () => {
  const lines = server((call) => [3, 4, 5].includes(call));
  const broken = await imported(fileOf(ROWS), AT_FIRST);
  expect(broken.ending).toBe("no-answer");
  expect(broken.progress.rows).toBe(lines.length);
  const { progress, ending } = await imported(fileOf(ROWS), broken.progress);
  expect(ending).toBe("done");
  expect(progress.rows).toBe(ROWS.length);
  expect(lines).toEqual(ROWS.map((_, row) => row + 2));
});

test("an import of a file with half a million empty lines ends, and says where", async () => {
  server(() => false);
  const gap = Array.from({ length: 500_000 }, () => "");
  const { progress, ending } = await imported(fileOf(["1,won", ...gap, "2,won"]), AT_FIRST);
  expect(ending).toMatchObject({ kind: "unreadable" });
  expect(progress.rows).toBe(1);
});
