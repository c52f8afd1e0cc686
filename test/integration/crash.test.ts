import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { aDataFolder, appEnvironment, type AppProcess, startAppProcess } from "../simulators/app-process.ts";
import { freePort } from "../support/free-port.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { postWebhook } from "../support/signed-webhook.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";
const SHOP = "tea.myshopify.com";

let meta: MetaSimulator;
let folder: Awaited<ReturnType<typeof aDataFolder>>;
let app: AppProcess | undefined;

beforeEach(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  folder = await aMigratedDataFolder();
});

afterEach(async () => {
  await app?.kill();
  await meta.close();
  await folder.remove();
});

/** Runs `npm run shop` against the test's folder. */
function shopCommand(...args: readonly string[]): { exitCode: number | null; stdout: string; stderr: string } {
  const env = appEnvironment({ dataDir: folder.path, graphUrl: meta.httpUrl, port: 0 });
  const run = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", "app/cli/shop.ts", ...args], {
    env,
    encoding: "utf8",
  });
  return { exitCode: run.status, stdout: run.stdout, stderr: run.stderr };
}

const connect = () => shopCommand("connect", "--shop", SHOP, "--pixel", PIXEL, "--token", TOKEN, "--json");

test("an app killed right after its 200 delivers that Purchase exactly once after a restart", async () => {
  expect(connect().exitCode).toBe(0);
  const port = await freePort();
  app = await startAppProcess({ dataDir: folder.path, graphUrl: meta.httpUrl, port });

  // A sale at the till waits for no browser, so the delivery may be anywhere when the process dies.
  const order = anOrderWebhook({ shop: SHOP, orderId: "9001", source: "pos", placedAt: new Date().toISOString() });
  const answer = await postWebhook(app.url, order, { shop: SHOP });
  await app.kill();
  expect(answer.status).toBe(200);

  app = await startAppProcess({ dataDir: folder.path, graphUrl: meta.httpUrl, port });
  await expect.poll(() => meta.received().length).toBe(1);
  expect(meta.received()).toEqual([expect.objectContaining({ eventName: "Purchase", eventId: "purchase.tea.9001" })]);
  await expect.poll(() => app?.output()).toContain("outbox.settled");
  expect(meta.received()[0]?.serverCopies).toBe(1);
});

test("while the app has the embedded database, it answers the command line, and a second app is refused with a message", async () => {
  app = await startAppProcess({ dataDir: folder.path, graphUrl: meta.httpUrl });

  const connected = connect();
  const listed = shopCommand("list", "--json");

  expect(connected.stderr).toBe("");
  expect(JSON.parse(listed.stdout)).toMatchObject({
    shops: [{ shop: SHOP, destinations: [{ pixelId: PIXEL, state: "active" }] }],
  });
  expect(listed.stdout + connected.stdout).not.toContain(TOKEN);
  await expect(startAppProcess({ dataDir: folder.path, graphUrl: meta.httpUrl })).rejects.toThrow(/DATABASE_URL/);
});

test("SIGTERM stops an app cleanly that has just started for the first time, with exit code 0", async () => {
  const empty = await aDataFolder();
  app = await startAppProcess({ dataDir: empty.path, graphUrl: meta.httpUrl });
  expect(await app.stop()).toBe(0);
  app = undefined;
  await empty.remove();
});

test("the command line reports each problem at its option, with where to get the right value", () => {
  const refused = shopCommand("connect", "--shop", SHOP, "--pixel", "not-digits", "--token", "has spaces in it");

  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/--pixel: .*Events Manager/);
  expect(refused.stderr).toMatch(/--token: .*spaces/);
  expect(shopCommand("connect", "--shop", "example.com", "--pixel", PIXEL, "--token", TOKEN).stderr).toMatch(
    /--shop: .*myshopify\.com/,
  );
  expect(shopCommand("fly").exitCode).toBe(2);
});
