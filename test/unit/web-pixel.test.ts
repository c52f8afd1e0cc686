import { describe, expect, test } from "vitest";
import {
  aCheckout,
  aPixelFor,
  aVariant,
  customerEvent,
  publishedSettings,
} from "../fixtures/browser/customer-events.ts";
import { parseCollectorPost } from "../../app/event-contract/parse-collector-post.ts";
import { aPixelWorker, COLLECTOR, NOW, parametersOf, type WorkerOptions } from "../fixtures/browser/pixel-worker.ts";

const FBP = "fb.1.1760000000000.123456789";
const FBC = "fb.1.1795000000001.IwAR0abc";

const aPixel = (options: Partial<WorkerOptions> = {}) =>
  aPixelWorker({ settings: publishedSettings(), cookies: { _fbp: FBP, _fbc: FBC }, ...options });
const completed = (change: object = {}) => customerEvent({ checkout: { ...aCheckout, ...change } });

const TWO_PIXELS = publishedSettings({ pixels: [aPixelFor("1111111111"), aPixelFor("2222222222")] });
const aFreeLine = { ...aCheckout.lineItems[0], finalLinePrice: { amount: 0, currencyCode: "EUR" } };

describe("a purchase", () => {
  const ofLines = (count: number, sku: string) => ({
    lineItems: Array.from({ length: count }, (_, n) => ({
      ...aCheckout.lineItems[0],
      variant: { ...aVariant, id: String(41_581_920_030_000 + n), sku: `${sku}${String(n)}` },
    })),
  });

  test.each([
    ["220 lines", 220, "OAK-", 220],
    ["500 lines with SKUs as long as Shopify takes them", 500, "ö€".repeat(120), 0],
  ])("of %s leaves a receipt that the collector takes, whatever else is sent", async (_what, lines, sku, listed) => {
    const pixel = await aPixel({
      settings: publishedSettings({
        ...{ pixels: [aPixelFor("1111111111"), aPixelFor("2222222222"), aPixelFor("3333333333")] },
        contentId: listed > 0 ? "variant_id" : "sku",
      }),
    });

    await pixel.publish("checkout_completed", completed(ofLines(lines, sku)));

    const [body = ""] = pixel.requests.flatMap(({ url, options }) => (url === COLLECTOR ? [options.body] : []));
    const parsed = parseCollectorPost(body);
    expect(parsed).toMatchObject({ ok: true, post: { name: "Purchase", data: { num_items: 2 * lines } } });
    expect(pixel.posts()[0]?.data.contents).toHaveLength(listed);
  });

  test("goes to Meta's endpoint with exactly these parameters", async () => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed());

    expect(pixel.hits()).toHaveLength(1);
    expect(pixel.hits()[0]?.url).toBe(
      "https://www.facebook.com/tr/?id=1111111111&ev=Purchase&eid=purchase.oak-and-ash.6198424240428" +
        "&dl=https%3A%2F%2Foak-and-ash.com%2Fcheckouts&rl=https%3A%2F%2Foak-and-ash.com%2Fcart&if=false&ts=1795435200000" +
        "&cd%5Bvalue%5D=51&cd%5Bcurrency%5D=EUR&cd%5Bcontent_ids%5D=%5B%2244001%22%5D&cd%5Bcontent_type%5D=product" +
        "&cd%5Bcontents%5D=%5B%7B%22id%22%3A%2244001%22%2C%22quantity%22%3A2%2C%22item_price%22%3A25.5%7D%5D" +
        `&cd%5Bnum_items%5D=2&cd%5Border_id%5D=6198424240428&fbp=${FBP}&fbc=${FBC}`,
    );
    expect(pixel.hits()[0]?.options).toEqual({
      method: "GET",
      mode: "no-cors",
      keepalive: true,
      credentials: "include",
    });
  });

  test("posts a receipt with the same data, in a body that needs no preflight", async () => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed());

    expect(pixel.posts()).toEqual([
      {
        name: "Purchase",
        id: "purchase.oak-and-ash.6198424240428",
        at: Date.parse("2026-11-23T12:00:00.000Z"),
        sentAt: NOW,
        url: "https://oak-and-ash.com/checkouts",
        referrer: "https://oak-and-ash.com/cart",
        userAgent: "Mozilla/5.0 (Sample)",
        fbp: FBP,
        fbc: FBC,
        consent: { marketing: true, saleOfData: true, at: NOW },
        settingsVersion: 7,
        leg: { sent: true, as: "Purchase", to: ["1111111111"] },
        checkoutToken: "c1-f3b9d2",
        orderId: "6198424240428",
        data: {
          value: 51,
          currency: "EUR",
          content_ids: ["44001"],
          content_type: "product",
          contents: [{ id: "44001", quantity: 2, item_price: 25.5 }],
          num_items: 2,
          order_id: "6198424240428",
        },
      },
    ]);
    const { body, ...way } = pixel.requests.find(({ url }) => url === COLLECTOR)?.options ?? {};
    expect(way).toEqual({ method: "POST", mode: "no-cors", keepalive: true, credentials: "omit" });
    expect(typeof body).toBe("string");
  });

  test("contains nothing that identifies the buyer", async () => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed());

    expect(pixel.requests).toHaveLength(2);
    expect(decodeURIComponent(JSON.stringify(pixel.requests))).not.toMatch(
      /\bada\b|example\.com\b(?!\/collect)|Sample Street|5555550100|secret/i,
    );
  });

  test("is sent to every connected pixel, and to the app once", async () => {
    const pixel = await aPixel({ settings: TWO_PIXELS });

    await pixel.publish("checkout_completed", completed());

    expect(pixel.hits().map((hit) => parametersOf(hit)["id"])).toEqual(["1111111111", "2222222222"]);
    expect(new Set(pixel.hits().map((hit) => parametersOf(hit)["eid"])).size).toBe(1);
    expect(pixel.posts()).toHaveLength(1);
  });

  test.each([
    ["without an order id", { order: { id: null } }, "no-order-id"],
    ["without any order", { order: null }, "no-order-id"],
    ["without a currency", { currencyCode: null, totalPrice: null }, "no-currency"],
    ["without its lines", { lineItems: [] }, "unreadable-checkout"],
    ["of goods for nothing, whatever the shipping cost", { lineItems: [aFreeLine], subtotalPrice: null }, "zero-value"],
    ["to be paid by bank transfer", { transactions: [{ paymentMethod: { type: "manualPayment" } }] }, "manual-payment"],
    ["to be paid on delivery", { transactions: [{ gateway: "Cash on Delivery (COD)" }] }, "manual-payment"],
  ])("%s sends no browser leg, and says why", async (_name, change, because) => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed(change));

    expect(pixel.hits()).toEqual([]);
    expect(pixel.posts()).toMatchObject([
      { name: "Purchase", checkoutToken: "c1-f3b9d2", leg: { sent: false, because } },
    ]);
  });

  test("without an order ID has no event ID either, so that it cannot count twice", async () => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed({ order: { id: null } }));

    expect(pixel.posts()).toMatchObject([{ id: null, orderId: null, data: {} }]);
  });

  test("counts at once if part of it is paid, or if orders count when placed", async () => {
    const giftCardAndTransfer = [
      { paymentMethod: { type: "redeemable" } },
      { paymentMethod: { type: "manualPayment" } },
    ];
    const partlyPaid = await aPixel();
    const placed = await aPixel({ settings: publishedSettings({ purchaseTrigger: "placed" }) });

    await partlyPaid.publish("checkout_completed", completed({ transactions: giftCardAndTransfer }));
    await placed.publish("checkout_completed", completed({ transactions: giftCardAndTransfer.slice(1) }));

    expect([partlyPaid.hits().length, placed.hits().length]).toEqual([1, 1]);
  });

  test("too long for a URL is posted as a form", async () => {
    const pixel = await aPixel();
    const line = aCheckout.lineItems[0];
    const lineItems = Array.from({ length: 40 }, (_, n) => ({
      ...line,
      variant: { ...aVariant, id: String(44001 + n) },
    }));

    await pixel.publish("checkout_completed", completed({ lineItems, subtotalPrice: null }));

    const [hit] = pixel.hits();
    expect(hit).toMatchObject({
      url: "https://www.facebook.com/tr/",
      options: { method: "POST", mode: "no-cors", keepalive: true },
    });
    expect(parametersOf(hit)).toMatchObject({ ev: "Purchase", "cd[num_items]": "80", fbp: FBP });
  });
});

describe("consent", () => {
  test("that is missing means no request and no cookie", async () => {
    const pixel = await aPixel({ privacy: { marketingAllowed: false }, cookies: {} });

    await pixel.publish("page_viewed", customerEvent({}));
    await pixel.publish("checkout_completed", completed());

    expect(pixel.subscribed()).toContain("checkout_completed");
    expect(pixel.requests).toEqual([]);
    expect([...pixel.cookies]).toEqual([]);
  });

  test("given later applies from then on, until it is withdrawn", async () => {
    const pixel = await aPixel({ privacy: { marketingAllowed: false } });

    await pixel.publish("page_viewed", customerEvent({}));
    await pixel.consent({ marketingAllowed: true, saleOfDataAllowed: true });
    await pixel.publish("checkout_completed", completed());
    await pixel.consent({ marketingAllowed: false, saleOfDataAllowed: true });
    await pixel.publish("checkout_completed", completed({ order: { id: "6198424240429" } }));

    expect(pixel.posts().map(({ name, orderId }) => [name, orderId])).toEqual([["Purchase", "6198424240428"]]);
    expect(pixel.hits()).toHaveLength(1);
  });

  test("without the sale of data requests Limited Data Use on both legs", async () => {
    const pixel = await aPixel({ privacy: { saleOfDataAllowed: false } });

    await pixel.publish("checkout_completed", completed());

    expect(parametersOf(pixel.hits()[0])).toMatchObject({ dpo: "LDU", dpoco: "0", dpost: "0" });
    expect(pixel.posts()).toMatchObject([{ consent: { marketing: true, saleOfData: false } }]);
  });

  test("with the sale of data requests no limit", async () => {
    const pixel = await aPixel();

    await pixel.publish("checkout_completed", completed());

    expect(parametersOf(pixel.hits()[0])).not.toHaveProperty("dpo");
  });
});
