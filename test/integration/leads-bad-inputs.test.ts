import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import { parseSettingsInput } from "../../app/settings/validate-settings.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import {
  aKnownLead,
  apiWay,
  type Connected,
  crmWay,
  csvWay,
  type Flaw,
  flowWay,
  type Input,
  METAFIELD,
  metafieldWay,
  tagWay,
  type WayIn,
} from "../support/ways-in.ts";

const HOUR = 3_600_000;
const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const COLUMNS = [
  "API",
  "webhook of a CRM",
  "customer's tag",
  "customer's metafield",
  "Shopify Flow",
  "CSV row",
] as const;

const stage = (key: string, more: object = {}) => ({ key, name: key, event: `Lead${key}`, customerTag: key, ...more });
const FUNNEL = JSON.stringify({
  stages: [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    stage("qualified"),
    stage("won", { kind: "won" }),
    stage("disqualified", { kind: "disqualified" }),
  ],
  customerMetafield: `${METAFIELD.namespace}.${METAFIELD.key}`,
});

let app: TestApp;
let folder: string;
let connected: Connected;
let other: { readonly app: TestApp; readonly shop: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bad-inputs-"));
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  const shop = await aShop("1");
  const uninstalled = await aShop("2");
  other = { app, shop: await aShop("3") };
  const { apiKeys, crmHooks, settings } = app.opened;
  const aKey = (of: string) => apiKeys.make(app.domain(of), { name: "CRM", scopes: ["leads:write"], by: "test" });
  const former = await aKey(shop);
  const next = await apiKeys.rotate(app.domain(shop), former.id, { overlapMs: -1, by: "test" });
  const hook = { name: "CRM", preset: "generic", mapping: PRESETS.generic.mapping, account: null, by: "test" } as const;
  const made = await crmHooks.make(app.domain(shop), { ...hook, secret: "the former secret" });
  await crmHooks.rotate(app.domain(shop), made.id, { secret: "the present secret", overlapMs: -1 });
  const ofUninstalled = await crmHooks.make(app.domain(uninstalled), { ...hook, secret: "another secret" });
  connected = {
    app,
    shop,
    uninstalled,
    folder,
    key: { now: next?.key ?? "", former: former.key, ofUninstalled: (await aKey(uninstalled)).key },
    hook: { id: made.id, secret: "the present secret", formerSecret: "the former secret" },
    hookOfUninstalled: { id: ofUninstalled.id, secret: "another secret" },
  };
  await settings.markUninstalled(app.domain(uninstalled));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function aShop(n: string): Promise<string> {
  const shop = await app.connectedShop({ ...PIXEL, metaPixelId: `123456789012345${n}` });
  const settings = parseSettingsInput({ funnel: FUNNEL });
  if (!settings.ok) throw new Error("the funnel is no funnel");
  await app.opened.settings.save(app.domain(shop), settings.value, "test");
  return shop;
}

type Bad = {
  /** What happened to the lead before; absent: it sent a form. */
  readonly before?: (lead: number, way: WayIn) => Promise<unknown>;
  readonly flaw?: Flaw;
} & Partial<Omit<Input, "lead">>;

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const nobody = (): Promise<void> => Promise.resolve();
const known = (lead: number): Promise<void> => aKnownLead(connected, { lead });

/** Reports to a lead that is known, one after another. */
const after =
  (...stages: readonly string[]) =>
  async (lead: number, way: WayIn) => {
    await known(lead);
    for (const name of stages) expect(await way({ lead, stage: name, at: ago(0) })).toContain("accepted");
  };

const BAD: Readonly<Record<string, Bad>> = {
  "unknown lead": { before: nobody },
  "lead of another shop": { before: (lead) => aKnownLead(other, { lead }) },
  "two leads of this name": {
    before: async (lead) => {
      await known(lead);
      await aKnownLead(connected, { lead, id: `lead-${lead}-again` });
    },
  },
  "person who declined": { before: (lead) => aKnownLead(connected, { lead, declined: true }) },
  "stage that nobody defined": { stage: "golden" },
  "stage whose predecessor is missing": { stage: "won" },
  "stage after a disqualification": { before: after("disqualified") },
  "stage that was reached before": { before: after("qualified") },
  "more than seven days ago": { at: ago(8 * 24 * HOUR) },
  "in the future": { at: ago(-24 * HOUR) },
  "before the lead's own time": { at: ago(HOUR) },
  "malformed time": { at: "yesterday" },
  "unreadable body or row": { flaw: "unreadable" },
  "too large": { flaw: "too large" },
  "wrong key or signature": { flaw: "wrong secret" },
  "key or secret that was replaced, after the overlap": { flaw: "former secret" },
  "shop that uninstalled the app": { flaw: "shop without the app" },
};

/** The table of docs/leads.md: the cells of a row by what is wrong. */
async function documented(): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await readFile("docs/leads.md", "utf8");
  const [, table = ""] = /## Bad inputs\n[^|]*((?:\|.*\n)+)/.exec(text) ?? [];
  const [head = [], , ...rows] = table
    .trim()
    .split("\n")
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  expect(head.slice(1)).toEqual(COLUMNS);
  return new Map(rows.map(([what = "", ...cells]) => [what, cells]));
}

/** In every shop of this test. */
async function stagesSent(): Promise<number> {
  const shops = [connected.shop, connected.uninstalled, other.shop];
  const counts = shops.map((shop) =>
    app.opened.database.prisma.event.count({ where: { shop, eventName: "LeadStage" } }),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

let leads = 0;

test.each([
  ["API", apiWay],
  ["webhook of a CRM", crmWay],
  ["customer's tag", tagWay],
  ["customer's metafield", metafieldWay],
  ["Shopify Flow", flowWay],
  ["CSV row", csvWay],
] as const)("what is wrong has the documented answer, by the way of: %s", async (column, open) => {
  const way = open(connected);
  const answers = new Map<string, string>();
  for (const [what, { before = known, flaw, stage: key = "qualified", at }] of Object.entries(BAD)) {
    const lead = (leads += 1);
    await before(lead, way);
    const sent = await stagesSent();
    // Of now, not of before the lead came.
    answers.set(what, await way({ lead, stage: key, at: at ?? ago(0) }, flaw));
    expect(await stagesSent(), what).toBe(sent);
  }
  const expected = [...(await documented())].map(([what, cells]) => [what, cells[COLUMNS.indexOf(column)]]);
  expect([...answers]).toEqual(expected);
});
