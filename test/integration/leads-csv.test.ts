import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { readCsv } from "../../app/leads/read-csv.server.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

let app: TestApp;
let shop: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "leads-csv-"));
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function importOf(content: string | Buffer, ...more: readonly string[]) {
  const file = path.join(folder, "stages.csv");
  await writeFile(file, content);
  const argv = ["import-stages", file, "--shop", shop, "--json", ...more];
  const { stdout, stderr, exitCode } = await runShopCommand(argv, shopCommandPorts(app.opened));
  type Facts = { outcomes?: Record<string, number>; toCorrect?: { line: number; problem?: string }[]; rows?: object[] };
  return { exitCode, stderr, facts: (stdout === "" ? {} : JSON.parse(stdout)) as Facts };
}

async function aLead(id: string): Promise<void> {
  const at = Date.now() - 2_000;
  const form = { id: anId(id), at, sentAt: at, url: `https://${shop}/pages/contact`, form: { reference: id } };
  expect((await app.collect(shop, aForm(form))).status).toBe(204);
}
const now = (): string => new Date().toISOString();

describe("a CSV file", () => {
  test("takes leads to their stages, row by row, and the same file again changes nothing", async () => {
    await aLead("csv-1");
    const file = [
      "external_id,email,stage,at,value,currency",
      `csv-1,,qualified,${now()},,`,
      `nobody,,qualified,${now()},,`,
      `,not an address,qualified,${now()},,`,
      `csv-1,,won,yesterday,,`,
      `=HYPERLINK("https://example.com"),,won`,
    ].join("\r\n");
    const errors = path.join(folder, "errors.csv");
    const first = await importOf(file, "--errors", errors);
    expect(first.stderr).toBe("");
    expect(first.facts.outcomes).toEqual({ accepted: 1, "unknown-lead": 1, invalid: 3 });
    expect(first.facts.toCorrect?.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
    expect((await importOf(file)).facts.outcomes).toEqual(first.facts.outcomes);
    const events = await app.eventsOf(shop);
    expect(events.filter(({ eventId }) => eventId === "stage.qualified.csv-1")).toHaveLength(1);
    const rows = await readFile(errors, "utf8");
    expect(rows).toContain("The row has 3 cells, the first row 6.");
    expect(rows).toContain(`'=HYPERLINK`);
  });

  test("is previewed without anything stored, with a mapping of its own columns", async () => {
    const reports = () => app.opened.database.prisma.stageReport.count({ where: { shop } });
    const before = await reports();
    const mapping = JSON.stringify({
      lead: [{ by: "email", path: "/E-Mail" }],
      stage: { path: "/Phase", words: { Gewonnen: "won" } },
      at: { path: "/Zeit", offset: "+01:00" },
    });
    const file =
      "E-Mail;Phase;Zeit\nada@example.com;Gewonnen;2026-11-30 10:00\nada@example.com;Offen;2026-11-30 10:00\n";
    const { facts } = await importOf(file, "--preview", "--mapping", mapping);
    expect(facts.rows).toMatchObject([
      { line: 2, lead: { by: "email" }, stage: "won", at: "2026-11-30T09:00:00.000Z" },
      { line: 3, outcome: "ignored" },
    ]);
    expect(await reports()).toBe(before);
  });

  const bytes = (text: string) => Buffer.from(text);
  test.each<[string, Buffer, string[]]>([
    ["a byte order mark", bytes("\uFEFFexternal_id,stage\nnobody,won\n"), []],
    ["tabs", bytes("external_id\tstage\nnobody\twon\n"), []],
    ["UTF-16", Buffer.from("\uFEFFexternal_id;stage\nnobody;won\n", "utf16le"), []],
    [
      "Windows-1252",
      Buffer.from("external_id;stage;Größe\nnobody;won;\xfc\n", "latin1"),
      ["--encoding", "windows-1252"],
    ],
    ["cells with line breaks", bytes('external_id,stage,note\nnobody,won,"a\n""b"", c"\n'), []],
  ])("with %s is read", async (_, content, more) => {
    const mapping = JSON.stringify({ lead: [{ by: "externalId", path: "/external_id" }], stage: { path: "/stage" } });
    const { facts, stderr } = await importOf(content, ...more, "--mapping", mapping);
    expect([stderr, facts.outcomes]).toEqual(["", { "unknown-lead": 1 }]);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ["empty", "", /empty/],
    ["with a quote that never ends", 'external_id,stage\n"a,won\n', /cannot be read further/],
    ["with a column twice", "stage,stage\n", /same name/],
    ["not UTF-8", Buffer.from("external_id,stage\n\xfc,won\n", "latin1"), /encoding/],
  ])("%s is refused with the reason", async (_, content, reason) => {
    expect(await importOf(content)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(reason) as string });
  });
});

test("100,000 rows are read one by one, and never held", async () => {
  let made = 0;
  async function* file() {
    yield Buffer.from("external_id,stage\n");
    for (made = 0; made < 100_000; made += 1) yield Buffer.from(`deal-${made},won\n`);
  }
  let [rows, ahead] = [0, 0];
  for await (const row of readCsv(file())) {
    if ("record" in row) rows += 1;
    ahead = Math.max(ahead, made - rows);
  }
  expect(rows).toBe(100_000);
  // What is read ahead is the streams' own buffers.
  expect(ahead).toBeLessThan(10_000);
});
