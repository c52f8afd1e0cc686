import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { type Stack, startStack } from "../simulators/stack.ts";
import { firstVisitEnded } from "../support/at-shopify.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const MINE = "tandem-demo.myshopify.com";
const THEIRS = "tandem-us.myshopify.com";
const VARIANT = "4581920037713";
const EXTENSIONS = "https://extensions.shopifycdn.com";
const APP = { apiKey: API_KEY, apiSecret: API_SECRET };
const HOUR_MS = 3_600_000;

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let stack: Stack;
let outgoing: string;
let mine: string;
let theirs: string;

const fromNow = (ms: number): Date => new Date(Date.now() + ms);
const tokenOf = (shop: string, app = APP, at = fromNow(0)): string => createSessionToken(app, shop, at);

/** What the extension's worker sends, and the browser adds to it. */
const get = (search: string, headers: Record<string, string>, method = "GET"): Promise<Response> =>
  fetch(`${stack.app.url}/app/order-block${search}`, {
    method,
    redirect: "manual",
    headers: { origin: EXTENSIONS, ...headers },
  });
const asked = (order: string, token = tokenOf(MINE)): Promise<Response> =>
  get(`?order=${encodeURIComponent(order)}`, { authorization: `Bearer ${token}` });
const exactly = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as unknown });

const sold = (shop: string): string =>
  stack.shopify.placeOrder(shop, { lines: [{ variantId: VARIANT, quantity: 1 }], source: "pos", country: "US" }).id;

beforeAll(async () => {
  folder = await aMigratedDataFolder();
  outgoing = path.join(folder.path, "outgoing");
  stack = await startStack({ dataDir: folder.path, env: { SIMULATOR_OUTGOING_LOG: outgoing } });
  for (const shop of [MINE, THEIRS]) {
    stack.shopify.install(shop);
    const headers = { authorization: `Bearer ${tokenOf(shop)}`, "user-agent": "Mozilla/5.0 Chrome/153.0.0.0" };
    expect((await fetch(`${stack.app.url}/app`, { headers })).status).toBe(200);
    await firstVisitEnded(stack, shop);
  }
  mine = sold(MINE);
  theirs = sold(THEIRS);
  await stack.shopify.settled();
  await vi.waitFor(async () => {
    expect((await asked(mine)).status).toBe(200);
    expect((await asked(theirs, tokenOf(THEIRS))).status).toBe(200);
  }, PATIENCE_MS);
});
afterAll(async () => {
  await stack.close();
  await folder.remove();
});

let before: string;
beforeEach(() => {
  before = readFileSync(outgoing, "utf8");
});

test("an order's events are answered in words, without its customer and without a call to Shopify or Meta", async () => {
  const answer = await asked(mine);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": EXTENSIONS,
    vary: expect.stringContaining("Origin") as unknown,
    "cache-control": "no-store",
    "content-type": "application/json",
  });
  expect(await exactly(answer)).toEqual({
    status: 200,
    body: {
      page: `/app/orders/${mine}`,
      events: [
        {
          name: "Purchase",
          id: `purchase.tandem-demo.${mine}`,
          server: { label: "Not sent", tone: "caution", meaning: "No Meta pixel was connected at that time." },
          browser: {
            label: "Not seen",
            tone: "neutral",
            meaning: expect.stringMatching(/^No browser has reported/) as unknown,
          },
          legs: null,
          answers: [],
        },
      ],
    },
  });
  expect((await asked(`gid://shopify/Order/${mine}`)).status).toBe(200);
  expect(readFileSync(outgoing, "utf8")).toBe(before);
});

test("the words are those of the language that the block is shown in", async () => {
  const answer = await get(`?order=${mine}&locale=de`, { authorization: `Bearer ${tokenOf(MINE)}` });
  expect(JSON.stringify(await answer.json())).toMatch(/"meaning":"[^"]*kein Meta-Pixel verbunden/);
});

test("another shop's order and one that nobody has are the same: unknown", async () => {
  const unknown = { status: 404, body: { error: "Tandem has no event of this order." } };
  expect(await exactly(await asked(theirs))).toEqual(unknown);
  expect(await exactly(await asked(mine, tokenOf(THEIRS)))).toEqual(unknown);
  expect(await exactly(await asked("99"))).toEqual(unknown);
});

describe.each<[string, () => string]>([
  ["has expired", () => tokenOf(MINE, APP, fromNow(-HOUR_MS))],
  ["begins in the future", () => tokenOf(MINE, APP, fromNow(HOUR_MS))],
  ["is for another app", () => tokenOf(MINE, { ...APP, apiKey: "another-app" })],
  ["is signed with another secret", () => tokenOf(MINE, { ...APP, apiSecret: "another-secret" })],
  ["names a host that is no shop", () => tokenOf("evil.example")],
  ["is not one", () => "nonsense"],
])("a session token that %s", (_what, token) => {
  test("is answered 401, readably for the extension", async () => {
    const answer = await asked(mine, token());
    expect(answer.headers.get("access-control-allow-origin")).toBe(EXTENSIONS);
    expect(await exactly(answer)).toEqual({
      status: 401,
      body: { error: "This session token is not valid, or not any more. Ask Shopify for a new one." },
    });
    expect(readFileSync(outgoing, "utf8")).toBe(before);
  });
});

test.each<[string, () => Record<string, string>, string]>([
  ["nowhere", () => ({}), ""],
  ["in the address only", () => ({}), `&id_token=${createSessionToken(APP, MINE, new Date())}`],
  ["under another scheme", () => ({ authorization: `Basic ${tokenOf(MINE)}` }), ""],
])("a request with its token %s is answered 401", async (_where, headers, search) => {
  expect(await exactly(await get(`?order=${mine}${search}`, headers()))).toEqual({
    status: 401,
    body: { error: "Send Shopify's session token in the header: Authorization: Bearer <token>." },
  });
});

test.each(["", "#1001", "1 or 1=1", "gid://shopify/Customer/1", "1".repeat(21)])(
  "an order named %j is answered 400",
  async (order) => {
    expect(await exactly(await asked(order))).toEqual({
      status: 400,
      body: { error: "Name one order by its ID: ?order=<Shopify's order ID>." },
    });
  },
);

test("the preflight that a browser sends first is answered without a token, for the extension's origin alone", async () => {
  const answer = await get(`?order=${mine}`, { "access-control-request-headers": "authorization" }, "OPTIONS");
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": EXTENSIONS,
    "access-control-allow-headers": "Authorization, Content-Type",
    "access-control-allow-methods": "GET",
  });
});

test("nothing can be posted", async () => {
  const headers = { authorization: `Bearer ${tokenOf(MINE)}` };
  expect((await get(`?order=${mine}`, headers, "POST")).status).toBe(403);
  expect((await get(`?order=${mine}`, { ...headers, origin: stack.app.url }, "POST")).status).toBe(405);
});

test("a shop without the app is told to open it", async () => {
  stack.shopify.uninstall(THEIRS);
  await stack.shopify.settled();
  await expect
    .poll(async () => exactly(await asked(theirs, tokenOf(THEIRS))))
    .toEqual({
      status: 403,
      body: { error: "Tandem is not set up in this shop yet. Open the app once, and then this page again." },
    });
});
