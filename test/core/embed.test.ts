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
  test("the pixel and the collector hear of the same events, with the same ids and data", async () => {
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

  test("the collector is told where, who and under which consent, and nothing secret of the address", async () => {
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
        checkoutToken: null,
        orderId: null,
        data: {},
      },
    ]);
    expect(page.requests.find(({ url }) => url.includes("/collect/"))?.options).toEqual({
      method: "POST",
      mode: "no-cors",
      keepalive: true,
      credentials: "omit",
    });
  });

  test("Meta's script is fetched once, without holding up the page, and not told to invent page views", async () => {
    const page = await aPage();

    expect(page.scripts).toEqual([{ async: true, src: "https://connect.facebook.net/en_US/fbevents.js" }]);
    expect(page.changesOfAddressAreSilent()).toBe(true);
    await page.answer(ALLOWED);
    expect(page.scripts).toHaveLength(1);
    expect(page.posts()).toHaveLength(1);
  });

  test("another integration's fbq is used, not replaced", async () => {
    const calls: unknown[][] = [];
    const page = await aPage({ fbq: (...command) => void calls.push(command) });

    expect(page.scripts).toEqual([]);
    expect(calls.map(([name]) => name)).toEqual(["set", "init", "trackSingle"]);
  });

  test("limited data use is asked for before the pixel is named", async () => {
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

describe("an address that may hold a person or a secret", () => {
  const SECRET = "https://oak-and-ash.com/products/oak-bowl?fbclid=IwAR0abc&key=secret";

  test.each([
    ["the page's own", { href: SECRET }],
    [
      "the page's own, with an e-mail address in a plain field",
      { href: "https://oak-and-ash.com/search?q=ada%40example.com" },
    ],
    ["the page before", { referrer: "https://oak-and-ash.com/account/login?token=secret" }],
    ["an account's", { href: "https://oak-and-ash.com/account/orders/5f2a" }],
  ])("(%s) never meets Meta's script, and both legs get it filtered", async (_whose, where) => {
    const page = await aPage({ ...where, page: aProduct });

    expect(page.scripts).toEqual([]);
    expect(page.hits().map((hit) => [hit.get("ev"), hit.get("eid")])).toEqual(
      page.posts().map(({ name, id }) => [name, id]),
    );
    expect(page.hits().map((hit) => hit.get("dl"))).toEqual(page.posts().map(({ url }) => url));
    expect(decodeURIComponent(JSON.stringify([page.hits().map(String), page.posts()]))).not.toMatch(/secret|ada@|5f2a/);
  });

  test("is told from what Shopify and advertisers write into addresses", async () => {
    const page = await aPage({
      href: "https://oak-and-ash.com/de/products/oak-bowl?variant=44001&utm_source=ig&_pos=1&gclid=x",
    });

    expect(page.scripts).toHaveLength(1);
  });
});

describe("in lite mode", () => {
  const settings = publishedSettings({ storefrontMode: "lite" });

  test("Meta's script is never loaded, and Meta is told the same events by the embed itself", async () => {
    const page = await aPage({ settings, page: aProduct });

    expect(page.scripts).toEqual([]);
    expect(page.hits().map((hit) => [hit.get("ev"), hit.get("eid"), hit.get("fbp"), hit.get("fbc")])).toEqual([
      ["PageView", "random-1", FBP, FBC],
      ["ViewContent", "random-2", FBP, FBC],
    ]);
    expect(page.hits()[1]?.get("cd[value]")).toBe("25.5");
    expect(page.posts().map(({ data }) => data)).toEqual([{}, IN_WORDS]);
  });

  test("a customer who is logged in is the same hashes on both legs", async () => {
    const em = "a".repeat(64);
    const page = await aPage({ settings, page: { person: { em, ph: null } } });

    expect([...(page.hits()[0] ?? [])].filter(([name]) => name.startsWith("ud["))).toEqual([["ud[em]", em]]);
    expect(page.posts()).toMatchObject([{ person: { em } }]);
  });

  test("a page that comes back from the browser's cache is viewed again, on both legs", async () => {
    const page = await aPage({ settings });

    await page.happens("pageshow", { persisted: true });
    await page.passTime();

    expect(page.hits().map((hit) => hit.get("ev"))).toEqual(["PageView", "PageView"]);
    expect(new Set(page.posts().map(({ id }) => id)).size).toBe(2);
  });
});

describe("an addition to the cart", () => {
  const settings = publishedSettings({ storefrontMode: "lite" });
  const line = {
    id: 44002,
    product_id: 8801,
    sku: "OAK-2",
    final_price: 3000,
    product_title: "Oak bowl",
    product_type: "Bowls",
    quantity: 7,
  };
  const answer = (url: string) =>
    url.includes("/cart/add")
      ? { ok: true, url: `https://oak-and-ash.com${url}`, clone: () => ({ json: () => Promise.resolve(line) }) }
      : undefined;
  const added = (page: Awaited<ReturnType<typeof aPage>>) => page.posts().filter(({ name }) => name === "AddToCart");
  const standardEvent = {
    action: "add",
    lines: [{ merchandiseId: "gid://shopify/ProductVariant/44002", quantity: 2 }],
    promise: Promise.resolve({ cart: {} }),
  };

  test.each([
    ["JSON", JSON.stringify({ id: 44002, quantity: 2 })],
    ["a list in JSON", JSON.stringify({ items: [{ id: "44002", quantity: 2 }] })],
    ["the text of a form", "id=44002&quantity=2"],
    ["a form's fields", new URLSearchParams({ id: "44002", quantity: "2" })],
  ])("by the theme's request (%s) is worth what was added, not what the cart holds", async (_form, body) => {
    const page = await aPage({ settings, page: aProduct, answer });

    await page.themeFetches("/cart/add.js", body);

    expect(added(page)).toMatchObject([{ data: { value: 60, currency: "EUR", content_ids: ["44002"], num_items: 2 } }]);
    expect(page.hits().at(-1)?.get("eid")).toBe(added(page)[0]?.id);
  });

  test("by Shopify's standard event is reported once its promise says that it worked", async () => {
    const page = await aPage({ settings, page: aProduct });

    await page.happens("shopify:cart:lines-update", standardEvent);
    await page.happens("shopify:cart:lines-update", {
      ...standardEvent,
      promise: Promise.resolve({ userErrors: [{}] }),
    });

    expect(added(page)).toMatchObject([{ data: { value: 60, num_items: 2 } }]);
  });

  test("seen both ways is one addition, and two of them are two", async () => {
    const page = await aPage({ settings, page: aProduct, answer });
    const twice = async () => {
      await page.happens("shopify:cart:lines-update", standardEvent);
      await page.themeFetches("/cart/add.js", JSON.stringify({ id: 44002, quantity: 2 }));
    };

    await twice();
    await twice();

    expect(added(page)).toHaveLength(2);
  });

  test("that the shop refuses is none", async () => {
    const page = await aPage({ settings, page: aProduct, answer: (url) => ({ ...answer(url), ok: false }) });

    await page.themeFetches("/cart/add.js", "id=44002");

    expect(added(page)).toEqual([]);
  });

  test("without consent is dropped, and not reported later", async () => {
    const page = await aPage({ settings, page: aProduct, answer, privacy: REFUSED });

    await page.themeFetches("/cart/add.js", "id=44002");
    await page.answer(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
  });
});

test("a search and a collection say what was asked for and what was shown", async () => {
  const products = [
    ["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]],
    ["8802", "Ash cup", "Cups", [["45001", "", 900]]],
  ];
  const settings = publishedSettings({ storefrontMode: "lite" });
  const listed = { content_ids: ["44001", "45001"], content_type: "product" };

  const search = await aPage({ settings, page: { currency: "EUR", search: "bowl", products } });
  const category = await aPage({ settings, page: { currency: "EUR", category: "Kitchen", products } });
  const address = await aPage({ settings, page: { currency: "EUR", search: "ada@example.com", products } });

  expect(search.posts()[1]).toMatchObject({ name: "Search", data: { search_string: "bowl", ...listed } });
  expect(category.posts()[1]).toMatchObject({ name: "ViewCategory", data: { content_category: "Kitchen", ...listed } });
  expect(address.posts().map(({ name }) => name)).toEqual(["PageView"]);
});

test("another variant that the visitor chooses is viewed, once per choice", async () => {
  const page = await aPage({ settings: publishedSettings({ storefrontMode: "lite" }), page: aProduct });
  const choose = (id: string | null) =>
    page.happens("shopify:product:select", {
      promise: Promise.resolve({ variant: id && { id: `gid://shopify/ProductVariant/${id}` } }),
    });

  for (const id of ["44002", "44002", null, "99999", "44001"]) await choose(id);

  expect(page.posts().flatMap(({ name, data }) => (name === "ViewContent" ? [data.content_ids?.[0]] : []))).toEqual([
    "44001",
    "44002",
    "44001",
  ]);
});

describe("without consent", () => {
  test("nothing is loaded, sent to Meta or the collector, or kept", async () => {
    const page = await aPage({ privacy: REFUSED });

    expect(page.scripts).toEqual([]);
    expect(page.posts()).toEqual([]);
    expect([...page.cookies]).toEqual([]);
  });

  test("the cart carries the refusal and no id, so that the order is not taken for allowed", async () => {
    const page = await aPage({ privacy: REFUSED, cookies: "_fbp=fb.1.1760000000000.1" });

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

  test("withdrawn on the page, the pixel is told to stop", async () => {
    const page = await aPage();

    await page.answer(REFUSED);

    expect(page.commands().at(-1)).toEqual(["consent", "revoke"]);
    expect(page.cartWrites().at(-1)).toMatchObject({ __tandem_fbp: "" });
    expect(page.posts()).toHaveLength(1);
  });

  test("an answer that never comes is a no", async () => {
    const page = await aPage({ privacy: null });

    expect(page.requests).toEqual([]);
    expect(page.scripts).toEqual([]);
  });

  test("a Customer Privacy API that comes late is asked for and waited for", async () => {
    const page = await aPage({ privacy: null });

    await page.shopifyArrives(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView"]);
  });
});

describe("in pixel mode", () => {
  const settings = publishedSettings({ storefrontMode: "pixel" });

  test("the embed leaves reporting to the web pixel, and keeps Meta's cookies and the cart's word", async () => {
    const page = await aPage({ settings, page: aProduct });

    expect(page.scripts).toEqual([]);
    expect(page.posts()).toEqual([]);
    expect(Object.fromEntries(page.cookies)).toEqual({ _fbp: FBP, _fbc: FBC });
    expect(page.cartWrites()).toEqual([
      { __tandem_fbp: FBP, __tandem_fbc: FBC, __tandem_consent: JSON.stringify({ ...ALLOWED, at: NOW }) },
    ]);
    expect(page.requests[0]?.url).toBe("/de/cart/update.js");
  });

  test("the cart is written once, and again when the cart or the answer is another", async () => {
    const session = new Map<string, string>();
    const cookies = `_fbp=${FBP}; _fbc=${FBC}; cart=c1`;
    const first = await aPage({ settings, session, cookies });
    const sameCart = await aPage({ settings, session, cookies });
    const otherCart = await aPage({ settings, session, cookies: cookies.replace("c1", "c2") });
    await otherCart.answer(REFUSED);

    expect([first, sameCart, otherCart].map((page) => page.cartWrites().length)).toEqual([1, 0, 2]);
  });
});

test.each([[undefined], [{}], ["text"], [{ ...embedMode, format: 1 }]])(
  "unreadable settings (%j) mean silence",
  async (settings) => {
    const page = await aPage({ settings });

    expect([page.requests, page.scripts, [...page.cookies]]).toEqual([[], [], []]);
  },
);
