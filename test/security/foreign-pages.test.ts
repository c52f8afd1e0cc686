import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { recordedEvents } from "../support/recorded.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const FROM = "https://evil.example/from";
const HOSTS = ["www.tea.example", "tea.fr", "bücher.example", "my-tea.example"];

let meta: MetaSimulator;
let app: TestApp;
let shop: string;
let next = 1;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  app = await startTestApp({ dataDir: "memory://", graphUrl: meta.httpUrl });
});
afterAll(async () => {
  await app.close();
  await meta.close();
});
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
  await app.opened.settings.recordHosts(app.domain(shop), HOSTS);
});

async function visit(
  url: string | null,
): Promise<{ status: number; page: string | null; referrer: string | undefined }> {
  const id = `viewcontent.${(next += 1)}`;
  const body = aCheckoutReceipt({ shop, name: "ViewContent", id, url, referrer: FROM });
  const { status } = await app.collect(shop, body);
  const row = (await recordedEvents(app.opened.database, shop)).find(({ eventId }) => eventId === id);
  const stored = row?.body as { event_source_url: string; referrer_url?: string } | undefined;
  return { status, page: stored?.event_source_url ?? null, referrer: stored?.referrer_url };
}

const refusals = async () => {
  await app.opened.refusals.flush();
  return app.opened.database.prisma.collectorRefusal.findMany({
    where: { shop },
    select: { reason: true, posts: true },
  });
};

describe("a page of the shop counts", () => {
  test.each([
    "https://www.tea.example/products/mug",
    "https://tea.example/",
    "https://checkout.tea.example/cart",
    "https://account.tea.example/",
    "https://tea.fr/fr-fr/collections/all?utm_source=x",
    "https://xn--bcher-kva.example/",
    "https://tea.example:443/",
    "https://tea.example./",
    "https://checkout.shopify.com/12345",
    "https://shop.app/checkout/12345",
    "https://shopify.com/12345",
    "https://abc123-1234567.shopifypreview.com/",
  ])("%s", async (url) => {
    expect(await visit(url)).toMatchObject({ status: 204, page: url, referrer: FROM });
  });

  test("on its myshopify.com domain, and where the post names none", async () => {
    expect(await visit(`https://${shop}/a`)).toMatchObject({ status: 204, page: `https://${shop}/a` });
    expect(await visit(null)).toMatchObject({ status: 204, page: `https://${shop}/` });
  });
});

describe("a foreign page is refused and counted", () => {
  test.each([
    "https://evil.example/phishing",
    "https://tea.example.evil.example/",
    "https://evil-tea.example/",
    "https://eviltea.fr/",
    "https://another-shop.myshopify.com/",
    "https://web.archive.org/web/2026/https://tea.example/",
    "https://webcache.googleusercontent.com/search",
    "https://evil-example.translate.goog/",
    "https://evil.example\\.tea.example/",
    "https://tea.example@evil.example/",
    "https://203.0.113.7/",
    "https://notshop.app/",
    "https://evil.shopify.com.example/",
    "https://[/",
  ])("%s", async (url) => {
    expect(await visit(url)).toMatchObject({ status: 400, page: null });
    expect(await refusals()).toEqual([{ reason: "foreign-page", posts: 1n }]);
  });
});

test.each([
  "https://www-tea-example.translate.goog/products/mug",
  "https://my--tea-example.translate.goog/",
  "http://127.0.0.1:9292/",
])("a visitor's own view of the shop counts without its address: %s", async (url) => {
  expect(await visit(url)).toEqual({ status: 204, page: `https://${shop}/`, referrer: undefined });
});

describe("a host that may be the shop's newest domain", () => {
  const ago = async (minutes: number) => {
    const data = { hostsReadAt: new Date(Date.now() - minutes * 60_000), installationCheckDueAt: new Date(9e12) };
    await app.opened.database.prisma.shop.update({ where: { domain: shop }, data });
    // The profile is cached for two seconds; a save drops it.
    await app.opened.settings.save(app.domain(shop), {}, "test");
  };
  const due = async () =>
    (await app.opened.database.prisma.shop.findUniqueOrThrow({ where: { domain: shop } })).installationCheckDueAt;

  test("counts without its page, and makes the hosts to be read again", async () => {
    await ago(16);
    expect(await visit("https://new-domain.example/")).toEqual({
      status: 204,
      page: `https://${shop}/`,
      referrer: undefined,
    });
    await expect.poll(due).toBeNull();
  });

  test("is refused where the hosts have just been read", async () => {
    await ago(14);
    expect(await visit("https://new-domain.example/")).toMatchObject({ status: 400 });
    expect(await due()).not.toBeNull();
  });
});

test("until the hosts have been read, any page is taken", async () => {
  shop = await app.connectedShop(PIXEL);
  expect(await visit("https://tea.example/")).toMatchObject({ status: 204, page: "https://tea.example/" });
});

test("a receipt's foreign page and referrer leave the order its own", async () => {
  const orderId = "8801";
  const url = "https://evil.example/phishing";
  const posted = await app.collect(
    shop,
    aCheckoutReceipt({ shop, orderId, checkoutToken: "t-8801", url, referrer: FROM }),
  );
  expect(posted.status).toBe(204);
  await postWebhook(
    app.url,
    anOrderWebhook({ shop, orderId, checkoutToken: "t-8801", placedAt: new Date().toISOString() }),
    { shop },
  );
  const sent = () => meta.received().find(({ eventId }) => eventId?.endsWith(`.${orderId}`))?.server?.event;
  await expect.poll(sent).toBeDefined();
  expect(JSON.stringify(sent())).not.toContain("evil");
  expect(JSON.stringify(sent())).toContain("fb.1.1790000000000.123456789");
});
