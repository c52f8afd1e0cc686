import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "../../app/logging/logger.server.ts";
import { action } from "../../app/routes/app.lead-rows.tsx";
import { signInWith } from "../../app/server/sign-in.server.ts";
import type { ImportedPart } from "../../app/pipeline/import-part.server.ts";
import { correctionIn } from "../../app/routes/app.leads.setup/correction.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { CSV_MAPPING } from "../../app/leads/csv-mapping.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const MAPPING = JSON.stringify(CSV_MAPPING);
const HEADER = "external_id,email,stage,at,value,currency,event_id,lead_id,phone,consent,id\r\n";
const now = (): string => new Date().toISOString();
const rowOf = (reference: string, at = now()): string => `${reference},,qualified,${at},,,,,,,\r\n`;

let app: TestApp;
let shop: string;
let other: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", role: "web" });
  const pixel = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
  shop = await app.connectedShop(pixel);
  other = await app.connectedShop(pixel);
});
afterAll(() => app.close());

type Posted = {
  readonly status: number;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly problem?: { readonly kind: string };
};

/** What the page posts for somebody of a shop, and what it is answered. */
async function posted(fields: Readonly<Record<string, string | Blob>>, of = shop): Promise<Posted> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const log = createLogger({ level: "silent", name: "test" });
  const signIn = signInWith(app.opened, log, async () => ({ session: { shop: of }, sessionToken: { sub: "1" } }));
  const request = new Request("https://tandem.example/app/lead-rows", { method: "POST", body });
  // The route reads nothing else of its context.
  const args = { request, context: { signIn }, params: {} } as unknown as Parameters<typeof action>[0];
  try {
    const { data, init } = await action(args);
    return { status: init?.status ?? 200, ...data };
  } catch (thrown) {
    if (thrown instanceof Response) return { status: thrown.status, ok: false };
    throw thrown;
  }
}

const part = (rows: string | Buffer) => new Blob([new Uint8Array(Buffer.from(rows))]);
const imported = (rows: string, more: Readonly<Record<string, string>> = {}, of = shop) =>
  posted({ intent: "import", mapping: MAPPING, isLast: "true", ...more, rows: part(HEADER + rows) }, of);

async function aLead(reference: string): Promise<void> {
  const at = Date.now() - 2_000;
  const url = `https://${shop}/pages/contact`;
  const form = aForm({ id: anId(reference), at, sentAt: at, url, form: { reference } });
  expect((await app.collect(shop, form)).status).toBe(204);
}

test("a part of a file is reported row by row, and sent again it changes nothing", async () => {
  await aLead("part-1");
  const rows = `${rowOf("part-1")}=1+1,,won,yesterday,,,,,,,\r\nshort,row\r\n`;
  const first = await imported(rows, { afterLine: "41" });
  expect(first).toMatchObject({ status: 200, ok: true });
  expect(first.value).toMatchObject({ rows: 3, outcomes: { accepted: 1, invalid: 2 }, lastLine: 44, isDone: true });
  const { toCorrect } = first.value as Pick<ImportedPart, "toCorrect">;
  expect(toCorrect).toMatchObject([
    { line: 43, outcome: "invalid", problems: [{ code: "item.no-time", values: { path: "at" } }] },
    { line: 44, outcome: "invalid", problems: [{ code: "row.cells", values: { cells: 2, columns: 11 } }] },
  ]);
  const lines = toCorrect.map((row) => correctionIn(wordsFor({ language: "de", locale: "de" }), row));
  expect(lines[0]).toMatch(/^43,.+,"at: Es gibt keine Zeit.*",'=1\+1,.*\r\n$/);
  expect(lines[1]).toMatch(/^44,.+Die Zeile hat 2 Zellen.*,short,row\r\n$/);
  expect((await imported(rows, { afterLine: "41" })).value).toEqual(first.value);
  const events = await app.eventsOf(shop);
  expect(events.filter(({ eventId }) => eventId === "stage.qualified.part-1")).toHaveLength(1);
});

test("a part stops at a thousand rows and says where, and a row that it cuts is left to the next", async () => {
  const many = Array.from({ length: 1_200 }, (_, n) => rowOf(`nobody-${n}`)).join("");
  const { value } = await imported(many);
  const { readBytes } = value as { readBytes: number };
  expect(value).toMatchObject({ rows: 1_000, lastLine: 1_001, isDone: false, problem: null });
  expect((HEADER + many).slice(readBytes)).toMatch(/^nobody-1000,/);
  const cut = await imported(`${rowOf("nobody-a")}nobody-b,,qua`, { isLast: "false" });
  expect(cut.value).toMatchObject({ rows: 1, isDone: false, readBytes: (HEADER + rowOf("nobody-a")).length });
});

test("rows before a place that cannot be read are reported, and the place is named", async () => {
  await aLead("part-2");
  const { value } = await imported(`${rowOf("part-2")}x,"never ends\r\n`);
  expect(value).toMatchObject({ outcomes: { accepted: 1 }, lastLine: 2, problem: { kind: "quote-open" } });
});

test("somebody of another shop reaches no lead of this one", async () => {
  await aLead("part-3");
  const { value } = await imported(rowOf("part-3"), {}, other);
  expect(value).toMatchObject({ outcomes: { "unknown-lead": 1 } });
});

test("a preview names the columns and reads the first rows, and stores nothing", async () => {
  const { prisma } = app.opened.database;
  const before = await prisma.stageReport.count({ where: { shop } });
  const rows = part(`${HEADER}${rowOf("part-1")}nobody,,,,,,,,,,\r\n`);
  const columns = await posted({ intent: "preview", isLast: "true", rows });
  expect(columns.value).toMatchObject({ columns: HEADER.trim().split(","), headerBytes: HEADER.length, headerLine: 1 });
  const { value } = await posted({ intent: "preview", mapping: MAPPING, isLast: "true", rows });
  expect(value).toMatchObject({
    rows: [
      { line: 2, by: "external-id", stage: "qualified" },
      { line: 3, outcome: "invalid" },
    ],
  });
  expect(await prisma.stageReport.count({ where: { shop } })).toBe(before);
});

test.each<[string, Readonly<Record<string, string | Blob>>, number, string?]>([
  ["an empty file", { intent: "preview", isLast: "true", rows: part("") }, 422, "empty"],
  ["a column twice", { intent: "preview", isLast: "true", rows: part("a,a\n") }, 422, "column-twice"],
  ["a workbook", { intent: "preview", isLast: "true", rows: part(Buffer.from("PK\x03\x04\xff\xfe", "latin1")) }, 422],
  ["no rows", { intent: "preview", isLast: "true" }, 400],
  ["an import without a mapping", { intent: "import", isLast: "true", rows: part(HEADER) }, 400],
  ["a mapping that is none", { intent: "preview", mapping: "{}", isLast: "true", rows: part(HEADER) }, 400],
  ["another intent", { intent: "nonsense", isLast: "true", rows: part(HEADER) }, 400],
])("%s is refused", async (_, fields, status, kind) => {
  const answer = await posted(fields);
  expect([answer.ok, answer.status]).toEqual([false, status]);
  if (kind !== undefined) expect(answer.problem?.kind).toBe(kind);
});

test("the record of changes has one line for an import, whatever its number of parts", async () => {
  const imports = async () =>
    (await app.opened.access.changes(app.domain(shop), 100)).filter(({ action: what }) => what === "imported").length;
  const before = await imports();
  await imported(rowOf("nobody-c"));
  await imported(rowOf("nobody-d"), { afterLine: "2" });
  expect(await imports()).toBe(before + 1);
});
