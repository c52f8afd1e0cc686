import { describe, expect, test } from "vitest";
import { ALLOWED, ASH, OAK, REFUSED } from "../fixtures/browser/bowl-page.ts";
import { aCartPage, aCartPageWith, addedOn, aForm, json, type CartPage } from "../fixtures/browser/cart-page.ts";

const event = (fields: object = {}) => ({
  action: "add",
  context: "product",
  lines: [{ merchandiseId: `gid://shopify/ProductVariant/${ASH}`, quantity: 2 }],
  promise: Promise.resolve({ cart: {} }),
  ...fields,
});
const happens = (page: CartPage, fields: object = {}) => page.happens("shopify:cart:lines-update", event(fields));

describe("an addition by the theme's request", () => {
  test.each([
    ["JSON", json({ id: Number(ASH), quantity: 2 })],
    ["a list in JSON", json({ items: [{ id: ASH, quantity: 2 }] })],
    [
      "the same variant twice in a list",
      json({
        items: [
          { id: ASH, quantity: 1 },
          { id: ASH, properties: { to: "Ada" } },
        ],
      }),
    ],
    ["the text of a form", `id=${ASH}&quantity=2`],
    ["a form's fields", aForm({ id: ASH, quantity: "2" })],
    ["a form's list", aForm({ "items[0][id]": ASH, "items[0][quantity]": "2" })],
    [
      "the text of a form's list",
      `items[0][quantity]=1&items[0][id]=${ASH}&items[1][id]=${ASH}&items[1][properties][to]=Ada`,
    ],
  ])("(%s) counts what was added, not what the cart holds", async (_form, body) => {
    const page = await aCartPageWith({ [ASH]: 5 });

    await page.themeFetches("/cart/add.js", body);

    expect(addedOn(page)).toEqual([[ASH, 2]]);
    expect(page.posts().at(-1)?.data).toMatchObject({ value: 60, currency: "EUR", content_name: "Oak bowl" });
  });

  test.each(["/cart/add", "/cart/add.js", "/cart/add.json", "/de/cart/add.js", "/en-ca/cart/add?sections=drawer"])(
    "to %s is seen",
    async (address) => {
      const page = await aCartPage();

      await page.themeFetches(address, json({ id: OAK }));

      expect(addedOn(page)).toEqual([[OAK, 1]]);
    },
  );

  test("whose body cannot be read counts the increase that its response shows", async () => {
    const known = await aCartPageWith({ [ASH]: 3 });
    const unknown = await aCartPageWith({ [ASH]: 3 }, { cart: null });

    for (const page of [known, unknown]) {
      await page.themeFetches("/cart/add.js", { unreadable: { id: ASH, quantity: 2 } });
    }

    expect(addedOn(known)).toEqual([[ASH, 2]]);
    expect(addedOn(unknown)).toEqual([]);
  });
});

describe("an addition by Shopify's standard event", () => {
  test("is reported once its promise resolves with success", async () => {
    const page = await aCartPage();
    await happens(page);
    expect(addedOn(page)).toEqual([[ASH, 2]]);
  });

  // Horizon's product-form.js says didError (2026-07); Shopify's own handler has userErrors and the cart as it was.
  test.each([
    ["userErrors", () => Promise.resolve({ cart: {}, userErrors: [{ message: "Sold out" }] })],
    ["didError", () => Promise.resolve({ cart: {}, detail: { didError: true, items: [] } })],
    ["no cart", () => Promise.resolve({ cart: null })],
    ["a rejection", () => Promise.reject(new Error("Sold out"))],
    ["no promise", () => undefined],
  ])("that is refused (%s) is none, and the next one counts", async (_form, promise) => {
    const page = await aCartPage();

    await happens(page, { promise: promise() });
    expect(addedOn(page)).toEqual([]);
    await happens(page);

    expect(addedOn(page)).toEqual([[ASH, 2]]);
  });
});

describe("an addition that the shop refuses", () => {
  test.each([
    ["HTTP 422", { ok: false, json: {} }],
    ["a status in its answer", { ok: true, json: { status: 422, message: "Cart Error", description: "Sold out" } }],
  ])("with %s is none", async (_form, { ok, json: refusal }) => {
    const answer = (url: string) => ({ ok, url, clone: () => ({ json: () => Promise.resolve(refusal) }) });
    const page = await aCartPage({ answer });

    await page.themeFetches("/cart/add.js", `id=${ASH}&quantity=2`);
    expect(addedOn(page)).toEqual([]);
  });

  test("is not reported even if the theme's event omits the refusal", async () => {
    const page = await aCartPage({ answer: (url) => ({ ok: false, url }) });
    let resolve: (result: object) => void = () => undefined;

    await happens(page, { promise: new Promise((done) => (resolve = done)) });
    await page.themeFetches("/cart/add.js", `id=${ASH}&quantity=2`);
    resolve({ cart: {} });
    await page.passTime();

    expect(addedOn(page)).toEqual([]);
  });
});

test("an addition without consent is dropped, and not reported later", async () => {
  const page = await aCartPage({ privacy: REFUSED });

  await page.themeFetches("/cart/add.js", `id=${ASH}`);
  await page.answer(ALLOWED);

  expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
});
