import { describe, expect, test } from "vitest";
import { aCheckout, customerEvent, publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aPixelWorker, NOW, parametersOf, type WorkerOptions } from "../fixtures/browser/pixel-worker.ts";

const FBP = "fb.1.1760000000000.123456789";
const FBC = "fb.1.1795000000001.IwAR0abc";

const aPixel = (options: Partial<WorkerOptions> = {}) =>
  aPixelWorker({ settings: publishedSettings(), cookies: { _fbp: FBP, _fbc: FBC }, ...options });
const completed = () => customerEvent({ checkout: aCheckout });

describe("Meta's cookies", () => {
  test("are created in Meta's format, on the widest domain that the browser accepts", async () => {
    const pixel = await aPixel({ cookies: {}, href: "https://www.oak.co.uk/?fbclid=IwAR-Xy_1" });

    expect(Object.fromEntries(pixel.cookies)).toEqual({
      _fbp: `fb.2.${String(NOW)}.500000000000000`,
      _fbc: `fb.2.${String(NOW)}.IwAR-Xy_1`,
    });
  });

  test("keep their value until a new ad click", async () => {
    const sameClick = await aPixel({ href: "https://oak-and-ash.com/?fbclid=IwAR0abc" });
    const newClick = await aPixel({ href: "https://oak-and-ash.com/?fbclid=IwAR0new" });

    expect(Object.fromEntries(sameClick.cookies)).toEqual({ _fbp: FBP, _fbc: FBC });
    expect(Object.fromEntries(newClick.cookies)).toEqual({ _fbp: FBP, _fbc: `fb.1.${String(NOW)}.IwAR0new` });
  });

  test("are not recreated on every page if the browser stores none, but an ad click still counts", async () => {
    const pixel = await aPixel({ cookies: {}, cookieJar: "refuses", href: "https://oak-and-ash.com/?fbclid=IwAR0abc" });

    await pixel.publish("page_viewed", customerEvent({}));

    expect(pixel.posts()).toMatchObject([{ fbp: null, fbc: `fb.1.${String(NOW)}.IwAR0abc` }]);
  });

  test("that never arrive delay an event only briefly", async () => {
    const pixel = await aPixel({ cookieJar: "silent" });

    await pixel.publish("checkout_completed", completed());
    const before = pixel.requests.length;
    await pixel.passTime();

    expect(before).toBe(0);
    expect(pixel.posts()).toMatchObject([{ orderId: "6198424240428", fbp: null, fbc: null }]);
    expect(parametersOf(pixel.hits()[0])).not.toHaveProperty("fbp");
  });

  test("that are already read do not delay the requests, which leave in the same turn", async () => {
    const pixel = await aPixel();

    const published = pixel.publish("checkout_completed", completed());
    // A microtask of the same turn.
    await Promise.resolve();
    const sentAtOnce = pixel.requests.length;
    await published;

    expect(sentAtOnce).toBe(2);
  });
});

describe.each(["embed", "lite"] as const)(
  "Meta's cookies, where the theme embed reports the storefront (%s)",
  (storefrontMode) => {
    const settings = publishedSettings({ storefrontMode });
    const href = "https://oak-and-ash.com/?fbclid=IwAR0abc";
    const MADE = { _fbp: `fb.1.${String(NOW)}.500000000000000`, _fbc: `fb.1.${String(NOW)}.IwAR0abc` };

    test("are created by the embed, because two concurrent writers would report different IDs", async () => {
      const pixel = await aPixel({ settings, href, cookies: {} });

      expect([...pixel.cookies]).toEqual([]);
      pixel.cookies.set("_fbp", FBP).set("_fbc", FBC);
      await pixel.passTime();
      await pixel.publish("checkout_completed", completed());

      expect(Object.fromEntries(pixel.cookies)).toEqual({ _fbp: FBP, _fbc: FBC });
      expect(pixel.posts()).toMatchObject([{ fbp: FBP, fbc: FBC }]);
    });

    test("are created for a checkout event, where no embed runs", async () => {
      const pixel = await aPixel({ settings, href, cookies: {} });

      await pixel.publish("checkout_completed", completed());

      expect(Object.fromEntries(pixel.cookies)).toEqual(MADE);
      expect(pixel.posts()).toMatchObject([{ fbp: MADE._fbp, fbc: MADE._fbc }]);
    });

    test("are created after a while if no embed is active, because only one page has the ad click", async () => {
      const pixel = await aPixel({ settings, href, cookies: {} });

      await pixel.passTime();

      expect(Object.fromEntries(pixel.cookies)).toEqual(MADE);
    });

    test("are not created after consent was withdrawn", async () => {
      const pixel = await aPixel({ settings, href, cookies: {} });

      await pixel.consent({ marketingAllowed: false, saleOfDataAllowed: false });
      await pixel.passTime();

      expect([...pixel.cookies]).toEqual([]);
    });
  },
);
