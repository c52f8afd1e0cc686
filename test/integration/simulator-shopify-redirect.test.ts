import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exchangeToken, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const folder = mkdtempSync(join(tmpdir(), "shopify-redirect-"));
const run = promisify(execFile);
let simulator: ShopifySimulator;

const start = () => startSampleShopify({ stateFile: join(folder, "state.json") });

beforeAll(async () => {
  simulator = await start();
  simulator.install(SHOP);
});
afterAll(() => simulator.close());

/** Runs a line of JavaScript in a process of its own, as a server under test would run. */
async function inServer(code: string): Promise<{ printed: string; calls: string[] }> {
  const log = join(folder, "calls.log");
  const { stdout } = await run(
    process.execPath,
    ["--import", "./test/simulators/redirect-shopify.ts", "--input-type=module", "--eval", code],
    { env: { ...process.env, SIMULATOR_SHOPIFY_PORT: String(simulator.port), SIMULATOR_OUTGOING_LOG: log } },
  );
  return { printed: stdout.trim(), calls: readFileSync(log, "utf8").trim().split("\n") };
}

test("a server's fetch reaches the simulator under the shop's real name, over TLS, and is recorded", async () => {
  const { printed, calls } = await inServer(
    `const answer = await fetch("https://${SHOP}/admin/api/2026-10/graphql.json?x=1", { method: "POST", body: "{}" });
     console.log(answer.status);`,
  );
  expect(printed).toBe("401");
  expect(calls.at(-1)).toBe(`POST https://${SHOP}/admin/api/2026-10/graphql.json?x=1`);
});

test("a server cannot reach any other host", async () => {
  const { printed } = await inServer(
    `console.log(await fetch("https://graph.facebook.com/").catch((problem) => String(problem.cause)));`,
  );
  expect(printed).toContain("outgoing call to graph.facebook.com refused");
});

test("with a state file, Shopify keeps installations and tokens across restarts", async () => {
  const { body } = await exchangeToken(simulator, SHOP, { now: new Date() });
  const again = await start();
  try {
    expect(again.shop(SHOP).installation.installed).toBe(true);
    expect(Object.keys(again.shop(SHOP).installation.accessTokens)).toContain(body["access_token"]);
  } finally {
    await again.close();
  }
});
