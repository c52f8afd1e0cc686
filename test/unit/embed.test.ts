import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, NOW, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const ALLOWED = { marketing: true, saleOfData: true };
const REFUSED = { marketing: false, saleOfData: true };
const FBP = `fb.1.${String(NOW)}.500000000000000`;
const FBC = `fb.1.${String(NOW)}.IwAR0abc`;

const aVariant = ["44001", "OAK-1", 2550];
const aProduct = {
  currency: "EUR",
  selected: "44001",
  products: [["8801", "Oak bowl", "Bowls", [aVariant, ["44002", "OAK-2", 3000]]]],
};
/** The product page with another price or currency. */
const priced = (price: unknown, currency: unknown = "EUR") => ({
  ...aProduct,
  currency,
  products: [["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", price]]]],
});
const IN_WORDS = {
  value: 25.5,
  currency: "EUR",
  content_ids: ["44001"],
  content_type: "product",
  contents: [{ id: "44001", quantity: 1, item_price: 25.5 }],
  num_items: 1,
  content_name: "Oak bowl",
  content_category: "Bowls",
};

const embedMode = publishedSettings({ storefrontMode: "embed" });
const aPage = (options: Partial<PageOptions> = {}) =>
  aStorefrontPage({ settings: embedMode, privacy: ALLOWED, ...options });

describe("in embed mode", () => {
  test("the pixel and the collector get the same events, with the same IDs and data", async () => {
    const page = await aPage({ page: aProduct });

    expect(page.commands()).toEqual([
      ["set", "autoConfig", false, "1111111111"],
      ["init", "1111111111"],
      ["trackSingle", "1111111111", "PageView", {}, { eventID: "random-1" }],
      ["trackSingle", "1111111111", "ViewContent", IN_WORDS, { eventID: "random-2" }],
    ]);
    expect(page.posts()).toMatchObject([
      { name: "PageView", id: "random-1", data: {}, leg: { sent: true } },
      { name: "ViewContent", id: "random-2", data: IN_WORDS, leg: { sent: true } },
    ]);
  });

  test("the collector gets page, visitor and consent, and no secret from the URL", async () => {
    const page = await aPage();

    expect(page.posts()).toEqual([
      {
        name: "PageView",
        id: "random-1",
        at: NOW,
        sentAt: NOW,
        url: "https://oak-and-ash.com/products/oak-bowl?fbclid=IwAR0abc",
        referrer: "https://www.instagram.com/",
        userAgent: "Mozilla/5.0 (Sample)",
        fbp: FBP,
        fbc: FBC,
        consent: { ...ALLOWED, at: NOW },
        settingsVersion: 7,
        leg: { sent: true, as: "PageView", to: ["1111111111"] },
        data: {},
      },
    ]);
    expect(page.requests.find(({ url }) => url.includes("/collect/"))?.options).toEqual({ beacon: "text/plain" });
  });

  test("Meta's script is loaded once, without blocking the page, and sends no page views of its own", async () => {
    const page = await aPage();

    expect(page.scripts).toEqual([{ async: true, src: "https://connect.facebook.net/en_US/fbevents.js" }]);
    expect(page.changesOfAddressAreSilent()).toBe(true);
    await page.answer(ALLOWED);
    expect(page.scripts).toHaveLength(1);
    expect(page.posts()).toHaveLength(1);
  });

  test("another integration's fbq is reused, not replaced", async () => {
    const calls: unknown[][] = [];
    const page = await aPage({ fbq: (...command) => void calls.push(command) });

    expect(page.scripts).toEqual([]);
    expect(calls.map(([name]) => name)).toEqual(["set", "init", "trackSingle"]);
  });

  test("Limited Data Use is requested before the pixel is initialized", async () => {
    const page = await aPage({ privacy: { marketing: true, saleOfData: false } });

    expect(page.commands().map(([name]) => name)).toEqual(["dataProcessingOptions", "set", "init", "trackSingle"]);
    expect(page.commands()[0]).toEqual(["dataProcessingOptions", ["LDU"], 0, 0]);
    expect(page.posts()).toMatchObject([{ consent: { saleOfData: false } }]);
  });

  test.each([
    [priced(120000, "JPY"), { value: 1200, currency: "JPY" }],
    [priced(2505), { value: 25.05, currency: "EUR" }],
  ])("prices are read as Liquid's hundredths", async (shown, expected) => {
    const page = await aPage({ page: shown });

    expect(page.posts()[1]?.data).toMatchObject(expected);
  });

  test.each([[null], [{}], [[]], ["text"], [priced(null)], [priced(2550, null)]])(
    "a product that is not fully there (%j) is not reported",
    async (shown) => {
      const page = await aPage({ page: shown });

      expect(page.posts().map(({ name }) => name)).toEqual(["PageView"]);
    },
  );
});

describe("in lite mode", () => {
  const settings = publishedSettings({ storefrontMode: "lite" });

  test("Meta's script is never loaded, and the embed itself sends the same events to Meta", async () => {
    const page = await aPage({ settings, page: aProduct });

    expect(page.scripts).toEqual([]);
    expect(page.hits().map((hit) => [hit.get("ev"), hit.get("eid"), hit.get("fbp"), hit.get("fbc")])).toEqual([
      ["PageView", "random-1", FBP, FBC],
      ["ViewContent", "random-2", FBP, FBC],
    ]);
    expect(page.hits()[1]?.get("cd[value]")).toBe("25.5");
    expect(page.posts().map(({ data }) => data)).toEqual([{}, IN_WORDS]);
  });

  test("hits are posted as forms by beacon; without beacon, both legs use fetch", async () => {
    const wayOf = ({ requests }: Awaited<ReturnType<typeof aPage>>) => requests.map(({ options: sent }) => sent);
    const beacons = await aPage({ settings });
    const fetches = await aPage({ settings, refusesBeacons: true });

    expect(wayOf(beacons)).toEqual([{ beacon: "text/plain" }, { beacon: "application/x-www-form-urlencoded" }]);
    expect(wayOf(fetches)).toEqual([
      { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit" },
      { method: "GET", mode: "no-cors", keepalive: true, credentials: "include" },
    ]);
    expect(fetches.hits().map(String)).toEqual(beacons.hits().map(String));
    expect(fetches.posts()).toEqual(beacons.posts());
  });

  test("a logged-in customer has the same hashes on both legs", async () => {
    const em = "a".repeat(64);
    const page = await aPage({ settings, page: { person: { em, ph: null } } });

    expect([...(page.hits()[0] ?? [])].filter(([name]) => name.startsWith("ud["))).toEqual([["ud[em]", em]]);
    expect(page.posts()).toMatchObject([{ person: { em } }]);
  });

  test("a page restored from the back/forward cache is viewed again, on both legs", async () => {
    const page = await aPage({ settings });

    await page.happens("pageshow", { persisted: true });
    await page.passTime();

    expect(page.hits().map((hit) => hit.get("ev"))).toEqual(["PageView", "PageView"]);
    expect(new Set(page.posts().map(({ id }) => id)).size).toBe(2);
  });
});

describe("without consent", () => {
  test("nothing is loaded, sent to Meta or the collector, or stored", async () => {
    const page = await aPage({ privacy: REFUSED });

    expect(page.scripts).toEqual([]);
    expect(page.posts()).toEqual([]);
    expect([...page.cookies]).toEqual([]);
  });

  test("the cart contains the refusal and no ID, so that the order does not count as allowed", async () => {
    const page = await aPage({ privacy: REFUSED, cookies: "_fbp=fb.1.1760000000000.1; cart=c1" });

    expect(page.cartWrites()).toEqual([
      { __tandem_fbp: "", __tandem_fbc: "", __tandem_consent: JSON.stringify({ ...REFUSED, at: NOW }) },
    ]);
  });

  test("given on the page, the page is reported then", async () => {
    const page = await aPage({ privacy: REFUSED });

    await page.answer(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView"]);
    expect(page.scripts).toHaveLength(1);
  });

  test("withdrawn on the page, consent is revoked at the pixel", async () => {
    const page = await aPage({ cookies: "cart=c1" });

    await page.answer(REFUSED);

    expect(page.commands().at(-1)).toEqual(["consent", "revoke"]);
    expect(page.cartWrites().at(-1)).toMatchObject({ __tandem_fbp: "" });
    expect(page.posts()).toHaveLength(1);
  });

  test("an answer that never comes counts as declined", async () => {
    const page = await aPage({ privacy: null });

    expect(page.requests).toEqual([]);
    expect(page.scripts).toEqual([]);
  });

  test("a Customer Privacy API that loads late is requested and awaited", async () => {
    const page = await aPage({ privacy: null });

    await page.shopifyArrives(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView"]);
  });
});

test.each([[undefined], [{}], ["text"], [{ ...embedMode, format: 1 }]])(
  "unreadable settings (%j) mean silence",
  async (settings) => {
    const page = await aPage({ settings });

    expect([page.requests, page.scripts, [...page.cookies]]).toEqual([[], [], []]);
  },
);
