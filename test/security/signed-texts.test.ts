import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-nobody" };

let app: TestApp;
let victim: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
});
afterAll(() => app.close());
beforeEach(async () => {
  victim = await app.connectedShop(PIXEL);
});

/** Every row of every table, counted: what costs nothing leaves the counts as they are. */
async function rows(): Promise<Readonly<Record<string, number>>> {
  const tables = await app.opened.database.prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'collector_refusal'`;
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await app.opened.database.prisma.$queryRawUnsafe<{ n: bigint }[]>(
        `select count(*) n from "${name}"`,
      );
      return [name, Number(row?.n)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

const aShopOfNobody = (): string => `nobody-${randomUUID()}.myshopify.com`;
const ADDRESSES = [
  { path: "/webhooks/orders", topic: "orders/paid" },
  { path: "/webhooks/app", topic: "app/uninstalled" },
  { path: "/webhooks/compliance", topic: "shop/redact" },
] as const;

describe("what Shopify signs besides webhooks, and shows to a merchant", () => {
  const token = createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, "mallory.myshopify.com", new Date());
  const [head = "", claims = "", signature = ""] = token.split(".");
  const signedByHex = (text: string): string => createHmac("sha256", API_SECRET).update(text).digest("base64");
  // A parameter whose name begins with a space comes first where parameters are sorted.
  const launch = ` {"id":1,"admin_graphql_api_id":"gid://shopify/Order/1","x":"=&embedded=1&host=aG9zdA&shop=mallory.myshopify.com&timestamp=1790000000&zz="}`;

  test.each([
    ["a session token", `${head}.${claims}`, Buffer.from(signature, "base64url").toString("base64")],
    ["an OAuth address", "code=abc&shop=mallory.myshopify.com&state=1&timestamp=1790000000", null],
    ["an App proxy's parameters", "path_prefix=/apps/tandemshop=mallory.myshopify.comtimestamp=1790000000", null],
    ["an admin address that reads as JSON", launch, null],
    ["a list", `[{"shop_domain":"mallory.myshopify.com"}]`, null],
    ["a text in JSON", `"mallory"`, null],
    ["nothing", "null", null],
    ["JSON that breaks off", `{"id": 1, "shop_domain": "mal`, null],
  ])("%s is no webhook of another shop's, nor makes a shop", async (_what, body, itsSignature) => {
    const before = await rows();
    for (const { path, topic } of ADDRESSES) {
      for (const shop of [victim, aShopOfNobody()]) {
        const headers = { "x-shopify-hmac-sha256": itsSignature ?? signedByHex(body) };
        expect((await postWebhook(app.url, body, { shop, path, topic, headers })).status).toBe(401);
      }
    }
    expect(await rows()).toEqual(before);
  });
});

describe("a body that Shopify signed, under other headers", () => {
  const uninstalled = () =>
    JSON.stringify({ id: 7, myshopify_domain: "mallory.myshopify.com", domain: "mallory.example" });
  const redact = () => JSON.stringify({ shop_id: 7, shop_domain: "mallory.myshopify.com" });
  const redactCustomer = (shop: string) =>
    JSON.stringify({ shop_id: 7, shop_domain: shop, customer: { id: 1 }, orders_to_redact: [900] });
  const anOrder = (shop: string) =>
    anOrderWebhook(
      { shop, orderId: "900", placedAt: new Date().toISOString() },
      { order_status_url: `https://${shop}/1/orders/abc/authenticate?key=def` },
    );

  test.each([
    ["another shop's uninstallation", "app/uninstalled", uninstalled],
    ["another shop's erasure", "shop/redact", redact],
    ["another shop's customer", "customers/redact", () => redactCustomer("mallory.myshopify.com")],
    ["another shop's request for data", "customers/data_request", () => redactCustomer("mallory.myshopify.com")],
    ["an order as an erasure", "shop/redact", () => anOrder(victim)],
    ["an order as an uninstallation", "app/uninstalled", () => anOrder(victim)],
    ["a customer's erasure as the shop's", "shop/redact", () => redactCustomer(victim)],
    ["a change of scopes as an erasure", "shop/redact", () => JSON.stringify({ id: 1, previous: [], current: [] })],
  ])("%s is refused and does nothing", async (_what, topic, body) => {
    const before = await rows();
    const path = topic === "app/uninstalled" ? "/webhooks/app" : "/webhooks/compliance";

    expect((await postWebhook(app.url, body(), { shop: victim, topic, path })).status).toBe(401);

    expect(await rows()).toEqual(before);
    expect((await app.opened.settings.profile(app.domain(victim)))?.installed).toBe(true);
  });

  test("another known shop's order is refused", async () => {
    const mallory = await app.connectedShop(PIXEL);
    const before = await rows();
    expect((await postWebhook(app.url, anOrder(mallory), { shop: victim })).status).toBe(401);
    expect(await rows()).toEqual(before);
    expect((await postWebhook(app.url, anOrder(victim), { shop: victim })).status).toBe(200);
  });

  test("an order whose status page has a second name of the shop's own is taken", async () => {
    const { status } = await postWebhook(app.url, anOrder("second-name.myshopify.com"), { shop: victim });
    expect(status).toBe(200);
    expect(await app.eventsOf(victim)).toHaveLength(1);
  });
});

test("a webhook of a shop that nobody knows is answered and leaves no row anywhere", async () => {
  const shop = aShopOfNobody();
  const bodies = [
    ["orders/paid", "/webhooks/orders", anOrderWebhook({ shop, placedAt: new Date().toISOString() })],
    ["orders/paid", "/webhooks/orders", '{"id":1}'],
    ["app/uninstalled", "/webhooks/app", JSON.stringify({ id: 1, myshopify_domain: shop })],
    ["app/scopes_update", "/webhooks/app", "{}"],
    ["no/topic", "/webhooks/app", "{}"],
    ["customers/redact", "/webhooks/compliance", JSON.stringify({ shop_domain: shop, customer: { id: 1 } })],
    ["shop/redact", "/webhooks/compliance", JSON.stringify({ shop_id: 1, shop_domain: shop })],
  ] as const;
  const before = await rows();

  for (const [topic, path, body] of bodies) {
    expect((await postWebhook(app.url, body, { shop, topic, path })).status).toBe(200);
  }

  expect(await rows()).toEqual(before);
});
