import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aCheckout, aVariant, customerEvent, PAGE, publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aPixelWorker, NOW, parametersOf, type WorkerOptions } from "../fixtures/browser/pixel-worker.ts";

const FBP = "fb.1.1760000000000.123456789";
const FBC = "fb.1.1795000000001.IwAR0abc";

const aPixel = (options: Partial<WorkerOptions> = {}) =>
  aPixelWorker({ settings: publishedSettings(), cookies: { _fbp: FBP, _fbc: FBC }, ...options });
const completed = () => customerEvent({ checkout: aCheckout });

describe("the storefront", () => {
  test.each([
    ["page_viewed", {}, "PageView", {}],
    [
      "product_viewed",
      { productVariant: aVariant },
      "ViewContent",
      {
        value: 25.5,
        currency: "EUR",
        content_ids: ["44001"],
        num_items: 1,
        content_name: "Oak bowl",
        content_category: "Bowls",
      },
    ],
    [
      "product_added_to_cart",
      {
        cartLine: { merchandise: aVariant, quantity: 3, cost: { totalAmount: { amount: 76.5, currencyCode: "EUR" } } },
      },
      "AddToCart",
      { value: 76.5, currency: "EUR", contents: [{ id: "44001", quantity: 3, item_price: 25.5 }] },
    ],
    [
      "collection_viewed",
      { collection: { title: "Bowls", productVariants: [aVariant] } },
      "ViewCategory",
      { content_category: "Bowls", content_ids: ["44001"] },
    ],
    [
      "search_submitted",
      { searchResult: { query: "oak", productVariants: [aVariant] } },
      "Search",
      { search_string: "oak", content_ids: ["44001"] },
    ],
  ])("%s is reported on both legs with one random id", async (on, data, name, expected) => {
    const pixel = await aPixel();

    await pixel.publish(on, { ...customerEvent(data, PAGE), timestamp: new Date(NOW + 1000).toISOString() });

    expect(pixel.posts()).toMatchObject([
      {
        name,
        id: "random-1",
        leg: { sent: true },
        data: expected,
        url: "https://oak-and-ash.com/products/oak-bowl?utm_source=ig",
      },
    ]);
    expect(pixel.hits().map((hit) => parametersOf(hit))).toMatchObject([
      { ev: name, eid: "random-1", dl: pixel.posts()[0]?.url },
    ]);
  });

  test("is not reported while a merchant previews a theme", async () => {
    const pixel = await aPixel({ cookies: {}, href: "https://oak-and-ash.com/?preview_theme_id=143" });
    await pixel.passTime();

    expect(pixel.subscribed()).toEqual([]);
    expect([...pixel.cookies]).toEqual([]);
  });

  describe("events from before the pixel ran, which Shopify replays", () => {
    const cartLine = {
      merchandise: aVariant,
      quantity: 1,
      cost: { totalAmount: { amount: 25.5, currencyCode: "EUR" } },
    };
    const ALLOWED = { marketingAllowed: true, saleOfDataAllowed: true };
    const repeat = async (pixel: Awaited<ReturnType<typeof aPixel>>): Promise<void> => {
      const before = (data: unknown) => ({ ...customerEvent(data, PAGE), timestamp: new Date(NOW - 1).toISOString() });
      await pixel.publish("product_added_to_cart", before({ cartLine }));
      await pixel.publish("product_viewed", before({ productVariant: aVariant }));
    };

    test("are dropped if the visitor consented on this page, unless the page still shows them", async () => {
      const pixel = await aPixel({ privacy: { marketingAllowed: false } });
      await pixel.consent(ALLOWED);

      await repeat(pixel);

      expect(pixel.posts().map(({ name }) => name)).toEqual(["ViewContent"]);
      expect(pixel.hits()).toHaveLength(1);
    });

    test("count if the visitor had consented before the page loaded, also if the answer is given again", async () => {
      const pixel = await aPixel();
      await repeat(pixel);
      await pixel.consent(ALLOWED);
      await repeat(pixel);

      const names = pixel.posts().map(({ name }) => name);
      expect(names).toEqual(["AddToCart", "ViewContent", "AddToCart", "ViewContent"]);
      expect(pixel.hits()).toHaveLength(4);
    });
  });

  test.each(["embed", "lite"] as const)(
    "is left to the theme embed where that reports it (%s)",
    async (storefrontMode) => {
      const pixel = await aPixel({ settings: publishedSettings({ storefrontMode }) });

      expect(pixel.subscribed()).toEqual(["checkout_started", "payment_info_submitted", "checkout_completed"]);
    },
  );

  test("reports no product without a price, and no search for an email address", async () => {
    const pixel = await aPixel();

    await pixel.publish("product_viewed", customerEvent({ productVariant: { ...aVariant, price: { amount: 25.5 } } }));
    await pixel.publish(
      "search_submitted",
      customerEvent({ searchResult: { query: "ada@example.com", productVariants: [] } }),
    );

    expect(pixel.requests).toEqual([]);
  });

  test.each([
    ["checkout_started", "InitiateCheckout", "initiatecheckout.oak-and-ash.c1-f3b9d2"],
    ["payment_info_submitted", "AddPaymentInfo", "addpaymentinfo.oak-and-ash.c1-f3b9d2"],
  ])("%s has one id per checkout, however often it is entered", async (on, name, id) => {
    const pixel = await aPixel();
    const entered = customerEvent({ checkout: { ...aCheckout, order: null } });

    await pixel.publish(on, entered);
    await pixel.publish(on, entered);

    expect(pixel.posts()).toMatchObject([
      { name, id, data: { value: 51 } },
      { name, id },
    ]);
    expect(pixel.hits().map((hit) => parametersOf(hit)["eid"])).toEqual([id, id]);
  });
});

describe("in merchants' shops", () => {
  test.each(["", "{}", "not json", JSON.stringify({ ...publishedSettings(), format: 1 })])(
    "unreadable settings (%j) mean silence",
    async (settings) => {
      const pixel = await aPixel({ settings });

      expect(pixel.subscribed()).toEqual([]);
      expect(pixel.requests).toEqual([]);
    },
  );

  test("without a connected pixel a receipt reports that", async () => {
    const pixel = await aPixel({ settings: publishedSettings({ pixels: [] }) });

    await pixel.publish("checkout_completed", completed());

    expect(pixel.hits()).toEqual([]);
    expect(pixel.posts()).toMatchObject([{ leg: { sent: false, because: "no-pixel" } }]);
  });

  test("a blocked network causes no error", async () => {
    const pixel = await aPixel({ fetchFails: true });

    // An unhandled rejection would fail this test run.
    await pixel.publish("checkout_completed", completed());

    expect(pixel.requests).toHaveLength(2);
  });

  test("no payload makes it throw", async () => {
    const pixel = await aPixel();
    const names = pixel.subscribed();

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue(), fc.boolean(), async (name, data, isWhole) => {
        await pixel.publish(
          name,
          isWhole
            ? data
            : customerEvent({
                checkout: data,
                productVariant: data,
                cartLine: data,
                collection: data,
                searchResult: data,
              }),
        );
      }),
      { numRuns: 300 },
    );
  });
});
