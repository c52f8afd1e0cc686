import { aDataFolder } from "../../simulators/app-process.ts";
import { shopsCalled } from "../../simulators/shopify/shop-seeds.ts";
import { type Stack, startStack } from "../../simulators/stack.ts";
import { VISITED } from "./admin-interactions.ts";
import { fillLedger, type FilledLedger, MERCHANT } from "./admin-ledger.ts";
import { type AdminRequest, adminRequests, secondPage, timed } from "./admin-requests.ts";
import { type BenchDatabase, freshDatabase } from "./database.ts";
import { atMost, type Bench, figuresOf, repeated, type Row, type Section, type Target } from "./section.ts";
import { percentile, sortedCopy } from "./statistics.ts";
import { openSlowBrowser, VITALS, webVitals } from "./web-vitals.ts";

const EVENTS = 1_000_000;
const [STORE = ""] = MERCHANT.split(".");
const SERVER_GOAL_MS = 150;
/** Of a page in Chromium: each takes some ten seconds. */
const VISITS = 3;
const GOALS = { lcp_ms: [2_500, "ms"], cls: [0.1, "of layout shift"], inp_ms: [200, "ms"] } as const;

/** The admin of a shop whose ledger has a million events: how fast the server answers, and what a slow computer takes. */
export const adminSection: Section = async (bench) => {
  const count = bench.rows ?? bench.count(EVENTS, EVENTS / 20);
  const [database, folder] = [await freshDatabase("postgresql"), await aDataFolder()];
  try {
    bench.say(`admin: filling a ledger with ${count} events`);
    const ledger = await database.use((open) => fillLedger(open, count));
    const stack = await openStack(database, folder.path);
    try {
      const server = await measureServer(bench, stack, ledger);
      const vitals = await measureVitals(bench, stack);
      return {
        title: `admin: a shop with ${count} events among five shops, PostgreSQL; pages in Chromium, four times slower`,
        columns: [
          { key: "p50_ms", title: "p50 ms", digits: 1 },
          { key: "p95_ms", title: "p95 ms", digits: 1 },
          { key: "lcp_ms", title: "LCP ms", digits: 0 },
          { key: "cls", title: "CLS", digits: 3 },
          { key: "inp_ms", title: "INP ms", digits: 0 },
        ],
        rows: [...server.rows, ...vitals.rows],
        targets: { ...server.targets, ...vitals.targets },
        faults: [],
        notes: [
          "A page is a whole document with a session token of its own, over HTTP, one at a time. Of several requests of a",
          "kind, the slowest is what its row says.",
        ],
      };
    } finally {
      await stack.close();
    }
  } finally {
    await folder.remove();
    await database.drop();
  }
};

async function openStack(database: BenchDatabase, dataDir: string): Promise<Stack> {
  const url = database.env("")["DATABASE_URL"] ?? "";
  const shops = shopsCalled(STORE);
  const stack = await startStack({ dataDir, shops, env: { DATABASE_URL: url } });
  stack.shopify.install(STORE);
  return stack;
}

async function measureServer(bench: Bench, { app }: Stack, ledger: FilledLedger) {
  const rows: Row[] = [];
  const targets: Record<string, Target> = {};
  // The first request of all installs the app.
  const kinds = adminRequests(ledger, await secondPage(app.url));
  for (const [kind, requests] of Object.entries(kinds)) {
    bench.say(`admin: ${kind}`);
    const times = await timesOf(requests, app.url, bench.count(20, 5));
    const slowest = times.reduce((one, other) => (other.p95_ms > one.p95_ms ? other : one));
    const { path, ...figures } = slowest;
    rows.push({ name: requests.length > 1 ? `${kind}: ${path}` : kind, figures });
    targets[`admin.${kind.replaceAll(/\W+/g, "-")}`] = atMost(SERVER_GOAL_MS, slowest.p95_ms, "ms at p95");
  }
  return { rows, targets };
}

type Timed = { readonly path: string; readonly p50_ms: number; readonly p95_ms: number };

async function timesOf(requests: readonly AdminRequest[], appUrl: string, often: number): Promise<readonly Timed[]> {
  const results: Timed[] = [];
  for (const request of requests) {
    // The first one finds neither pages of the database nor a compiled route.
    await timed(appUrl, request);
    const times: number[] = [];
    for (let n = 0; n < often; n += 1) times.push(await timed(appUrl, request));
    const sorted = sortedCopy(times);
    results.push({ path: request.path, p50_ms: percentile(sorted, 0.5), p95_ms: percentile(sorted, 0.95) });
  }
  return results;
}

async function measureVitals(bench: Bench, stack: Stack) {
  const rows: Row[] = [];
  const targets: Record<string, Target> = {};
  const browser = await openSlowBrowser(stack);
  try {
    for (const page of VISITED) {
      bench.say(`admin: ${page.name} on a processor four times slower`);
      const visits = await repeated(Math.min(bench.runs, VISITS), () => webVitals(browser, STORE, page));
      const figures = figuresOf(visits, VITALS);
      rows.push({ name: `${page.name} in Chromium`, figures });
      for (const vital of VITALS) {
        const [goal, unit] = GOALS[vital];
        targets[`admin.${page.name.toLowerCase()}-${vital.split("_")[0]}`] = atMost(goal, figures[vital].median, unit);
      }
    }
  } finally {
    await browser.close();
  }
  return { rows, targets };
}
