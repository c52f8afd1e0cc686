import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { askControlSocket } from "../../app/cli/control-socket.server.ts";
import { openDatabase } from "../../app/database/db.server.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { eventId } from "../../app/event-contract/event-id.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { API_KEY, API_SECRET, newSealingKey, startAppProcess } from "../simulators/app-process.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { PIXEL, type Stack, startStack } from "../simulators/stack.ts";
import { dumpOf } from "../support/database-dump.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { anOutsideWorld, type OutsideWorld } from "../support/outside-world.ts";
import { leaksIn, type Output, type Secret, secretsOfKey } from "../support/secret-traces.ts";
import { postWebhook } from "../support/signed-webhook.ts";

const SHOP = "tandem-demo.myshopify.com";
const CLIENT = path.resolve("build/client");
const REDIRECT = path.resolve("test/simulators/redirect-shopify.ts");
const OLD_KEY = newSealingKey("old");
const NEW_KEY = newSealingKey("new");
const METRICS_TOKEN = "marked+metrics/token-5a1f";
const QUEUE_TOKEN = "marked-eventbridge-key-77c2";
const ALERT_SECRET = 'marked "alert" secret-90be';
const REFUSED_TOKEN = "EAAmarkedRefusedByMeta0b52d1";
const NO_TOKEN = "marked+text/that is no token 31e9";

const secrets: Secret[] = [
  { name: "the client secret", text: API_SECRET },
  ...[OLD_KEY, NEW_KEY].flatMap(secretsOfKey),
  { name: "the token of the metrics", text: METRICS_TOKEN },
  { name: "the key of the queue", text: QUEUE_TOKEN },
  { name: "the secret of the alerts", text: ALERT_SECRET },
  { name: "Meta's token", text: PIXEL.token },
  { name: "a token that Meta refuses", text: REFUSED_TOKEN },
  { name: "a text in the token's place", text: NO_TOKEN },
];
const learn = (name: string, text: string): void => {
  if (!secrets.some((one) => one.text === text)) secrets.push({ name, text });
};

const outputs: Output[] = [];
const keep = (what: string, text: string): void => void outputs.push({ what, text });

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let stack: Stack;
let world: OutsideWorld;
let environment: Record<string, string>;

async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`${stack.app.url}${address}`, { redirect: "manual", ...init });
  const text = await answer.clone().text();
  keep(`the answer of ${init.method ?? "GET"} ${address}`, `${JSON.stringify([...answer.headers])}\n${text}`);
  return answer;
}

function page(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
  const token = createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, SHOP, new Date());
  learn("a session token", token);
  const headers = { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/153.0.0.0" };
  return ask(address, { headers, ...(form && { method: "POST", body: new URLSearchParams(form) }) });
}

const connect = (token: string) =>
  page("/app/settings", { intent: "connect-pixel", pixelId: PIXEL.metaPixelId, token, testEventCode: "" });

async function command(...argv: readonly string[]): Promise<void> {
  const result = await askControlSocket(folder.path, argv);
  expect([argv, result]).not.toEqual([argv, null]);
  keep(`npm run ${argv.join(" ").replace(REFUSED_TOKEN, "")}`, `${result?.stdout}\n${result?.stderr}`);
}

/** Shopify's tokens of this moment; each is used up or replaced later. */
function learnShopifysTokens(): void {
  const { accessTokens, refreshTokens } = stack.shopify.shop(SHOP).installation;
  for (const token of Object.keys(accessTokens)) learn("Shopify's access token", token);
  for (const token of refreshTokens) learn("Shopify's refresh token", token);
}

let orderNumber = 4_000;
const sell = async (body?: string, headers = {}): Promise<Response> => {
  const orderId = String((orderNumber += 1));
  const placedAt = new Date().toISOString();
  const order = body ?? anOrderWebhook({ shop: SHOP, orderId, source: "pos", placedAt });
  const answer = await postWebhook(stack.app.url, order, { shop: SHOP, headers });
  keep("the answer to a webhook", `${JSON.stringify([...answer.headers])}\n${await answer.clone().text()}`);
  return answer;
};
async function sellAndSend(): Promise<void> {
  const before = stack.meta.requests().length;
  await sell();
  await expect.poll(() => stack.meta.requests().length).toBeGreaterThan(before);
}

beforeAll(async () => {
  folder = await aMigratedDataFolder();
  world = await anOutsideWorld((path, text) => keep(`a post to ${path}`, text));
  environment = {
    LOG_LEVEL: "debug",
    TANDEM_ENCRYPTION_KEYS: OLD_KEY,
    TANDEM_METRICS_TOKEN: METRICS_TOKEN,
    TANDEM_EVENTBRIDGE_TOKEN: QUEUE_TOKEN,
    TANDEM_ALERT_WEBHOOK_URL: `${world.url}/alerts`,
    TANDEM_ALERT_SECRET: ALERT_SECRET,
    TANDEM_ALERT_EMAIL: "ops@example.com",
    TANDEM_SENDMAIL: world.sendmail,
    OTEL_EXPORTER_OTLP_ENDPOINT: world.url,
    SIMULATOR_OUTGOING_LOG: path.join(folder.path, "outgoing"),
  };
  stack = await startStack({ dataDir: folder.path, env: environment });
  stack.shopify.install(SHOP);
  stack.shopify.shop(SHOP).privacy.saleOptOut = [];
});
afterAll(async () => {
  await stack.app.kill();
  await stack.close();
  await world.close();
  await folder.remove();
});

async function installAndConnect(): Promise<void> {
  expect((await page("/app")).status).toBe(200);
  await expect.poll(() => stack.shopify.shop(SHOP).installation.webPixel).not.toBeNull();
  learnShopifysTokens();
  await connect(NO_TOKEN);
  await connect(REFUSED_TOKEN);
  expect((await connect(PIXEL.token)).status).toBe(200);
  await page("/app/settings", { intent: "save-settings", contextWaitSeconds: "1" });
  await page("/app/settings", { intent: "save-settings", contextWaitSeconds: NO_TOKEN });
}

async function sellAndFail(): Promise<void> {
  await sell();
  await expect.poll(() => stack.meta.received().length).toBeGreaterThan(0);
  const quoting = `Malformed access token ${PIXEL.token}`;
  stack.meta.faults.next(
    { kind: "error", status: 400, code: 100, subcode: 2804050, message: quoting },
    { kind: "error", status: 500, code: 1, isTransient: true, message: quoting },
  );
  await sellAndSend();
  await sellAndSend();
  await sell(`{"id": "no-id", "note": "${PIXEL.token}"}`);
  await sell(`{"note": "${PIXEL.token}", cut off`);
  const customer = {
    shop_domain: SHOP,
    customer: { id: 77, email: "ada@example.com", phone: null },
    orders_requested: [],
  };
  for (const topic of ["customers/data_request", "customers/redact"]) {
    await postWebhook(stack.app.url, JSON.stringify(customer), { shop: SHOP, topic, path: "/webhooks/app" });
  }
  await sell(undefined, { "x-shopify-hmac-sha256": Buffer.from(PIXEL.token).toString("base64") });
}

async function visit(): Promise<void> {
  const config = stack.shopify.shop(SHOP).installation.webPixel?.settings["config"] ?? "{}";
  // Published by the app under test.
  const { pathname } = new URL((JSON.parse(config) as { collectUrl: string }).collectUrl);
  const url = `https://${SHOP}/?access_token=${PIXEL.token}`;
  const seen = { id: eventId("view-of-a-secret"), at: Date.now(), sentAt: Date.now(), url };
  for (const body of [
    JSON.stringify(aCollectorPost({ ...seen, referrer: null, checkoutToken: null, orderId: null })),
    `{"name": "${PIXEL.token}"}`,
  ]) {
    await ask(pathname, { method: "POST", headers: { "content-type": "text/plain" }, body });
  }
}

/** Meta blocks the pixel, which alerts the operator in its own words. */
async function losePixel(): Promise<void> {
  stack.meta.faults.set({ kind: "error", status: 401, code: 190, message: `Malformed access token ${PIXEL.token}` });
  await sell();
  await expect.poll(() => outputs.some(({ what }) => what === "a post to /alerts")).toBe(true);
  await expect.poll(world.mails).not.toBe("");
  await connect(PIXEL.token);
}

async function lookEverywhere(): Promise<void> {
  const event =
    /\/app\/events\/[\w%.-]+\/[\w%.:-]+/.exec(await (await page("/app/events")).text())?.[0] ??
    expect.unreachable("an event's page");
  const pages = ["/app", "/app/settings", "/app/events", event, "/app/dry-run", "/app/latest-order-values"];
  const data = ["/app.data", "/app/settings.data", "/app/events.data", `${event}.data`];
  for (const address of [...pages, ...data]) await page(address);
  const open = ["/", "/auth/login", "/auth/callback", `/app?shop=${SHOP}`, "/no-such-page", "/healthz", "/readyz"];
  for (const address of open) await ask(address);
  await ask("/metrics");
  await ask("/metrics", { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  await ask("/webhooks/eventbridge", { method: "POST", headers: { "x-api-key": QUEUE_TOKEN }, body: "{}" });
  for (const file of readdirSync(CLIENT, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) await ask(`/${path.relative(CLIENT, path.join(file.parentPath, file.name))}`);
  }
}

async function exportEverything(): Promise<void> {
  for (const format of [[], ["--json"]]) {
    await command("consent", "export", "--shop", SHOP, ...format);
    await command("quarantine", "list", ...format);
    await command("reconcile", "--shop", SHOP, ...format);
    await command("list", ...format);
    await command("show", "--shop", SHOP, ...format);
  }
  await command("connect", "--shop", SHOP, "--pixel", "9999999999999999", "--token", REFUSED_TOKEN);
}

async function rotate(): Promise<void> {
  await stack.app.stop();
  keep("the log before the rotation", stack.app.output());
  const env = {
    ...environment,
    TANDEM_ENCRYPTION_KEYS: `${NEW_KEY},${OLD_KEY}`,
    SIMULATOR_SHOPIFY_PORT: String(stack.shopify.port),
  };
  const app = await startAppProcess({ dataDir: folder.path, graphUrl: stack.meta.httpUrl, imports: [REDIRECT], env });
  stack = { ...stack, app };
  await command("rotate-keys", "--json");
  await command("rotate-keys", "--drop", "old");
  await page("/app/settings");
}

test("no secret is in a log, an answer, an address, a metafield, an export, a trace, a metric, an alert or a row", async () => {
  await installAndConnect();
  await sellAndFail();
  await visit();
  await losePixel();
  await lookEverywhere();
  await exportEverything();
  await rotate();
  learnShopifysTokens();
  await stack.app.stop();

  keep("the log", stack.app.output());
  keep("the addresses called", readFileSync(path.join(folder.path, "outgoing"), "utf8"));
  keep("Meta's record of requests", JSON.stringify(stack.meta.requests()));
  keep("the events at Meta", JSON.stringify(stack.meta.received()));
  const { webPixel, metafields } = stack.shopify.shop(SHOP).installation;
  keep("what Shopify publishes", JSON.stringify({ webPixel, metafields }));
  keep("an alert's email", await world.mails());
  const database = await openDatabase({ url: undefined, dataDir: folder.path });
  keep("the database", (await dumpOf(database.prisma)).join("\n"));
  await database.close();

  expect(leaksIn(outputs, secrets)).toEqual([]);
  expect(outputs.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["a post to /v1/traces", "a post to /alerts"]),
  );
  expect(new Set(secrets.map(({ name }) => name))).toContain("Shopify's refresh token");
});
