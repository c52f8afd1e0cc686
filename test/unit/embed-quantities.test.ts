import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aShopCart } from "../fixtures/browser/shop-cart.ts";
import { aStorefrontPage, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const ALLOWED = { marketing: true, saleOfData: true };
const REFUSED = { marketing: false, saleOfData: true };
const OAK = "44001";
const ASH = "44002";
const products = [
  [
    "8801",
    "Oak bowl",
    "Bowls",
    [
      [OAK, "OAK-1", 2550],
      [ASH, "OAK-2", 3000],
    ],
  ],
];
const aProduct = { currency: "EUR", selected: OAK, products };

type Page = Awaited<ReturnType<typeof aPage>>;
const aPage = (options: Partial<PageOptions> = {}) =>
  aStorefrontPage({
    settings: publishedSettings({ storefrontMode: "lite" }),
    page: aProduct,
    privacy: ALLOWED,
    answer: aShopCart().answer,
    cart: [],
    ...options,
  });
/** A page of a shop in whose cart these quantities are. */
const aPageWith = (quantities: Readonly<Record<string, number>>, options: Partial<PageOptions> = {}) => {
  const shop = aShopCart(quantities);
  return aPage({ answer: shop.answer, cart: shop.lines(), ...options });
};
/** What was added, on the server's leg; the browser's leg says the same under the same id. */
const added = ({ posts, hits }: Page): readonly (readonly [unknown, unknown])[] => {
  const events = posts().filter(({ name }) => name === "AddToCart");
  const ids = hits()
    .filter((hit) => hit.get("ev") === "AddToCart")
    .map((hit) => hit.get("eid"));
  expect(ids).toEqual(events.map(({ id }) => id));
  return events.map(({ data }) => [data.content_ids?.[0], data.num_items]);
};
const json = (body: object): string => JSON.stringify(body);
const aForm = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields);

describe("a quantity that a request sets", () => {
  const key = `${ASH}:0a1b2c`;
  test.each([
    ["/cart/update", json({ updates: { [ASH]: 5 } })],
    ["/cart/update.js", json({ updates: { [key]: 5 } })],
    ["/fr/cart/update.js", aForm({ [`updates[${ASH}]`]: "5" })],
    ["/cart/update.json", json({ updates: [1, 5] })],
    ["/cart/change", json({ line: 2, quantity: 5 })],
    ["/cart/change.js", json({ id: key, quantity: 5 })],
    ["/cart/change.js", `id=${ASH}&quantity=5`],
  ])("(%s, %s) counts what it adds to the cart that was there", async (address, body) => {
    const page = await aPageWith({ [OAK]: 1, [ASH]: 2 });

    await page.themeFetches(address, body);

    expect(added(page)).toEqual([[ASH, 3]]);
    expect(page.posts().at(-1)?.data).toMatchObject({ value: 90, currency: "EUR" });
  });

  test("puts what was not in the cart yet into it, as a bulk order does", async () => {
    const page = await aPageWith({});

    await page.themeFetches("/cart/update", json({ updates: { [OAK]: 4, [ASH]: 1 } }));

    expect(added(page)).toEqual([
      [OAK, 4],
      [ASH, 1],
    ]);
  });

  test("lower than before, or none, is no addition, and the next one counts from there", async () => {
    const page = await aPageWith({ [ASH]: 5 });

    for (const quantity of [3, 0, 2]) await page.themeFetches("/cart/change.js", json({ id: ASH, quantity }));

    expect(added(page)).toEqual([[ASH, 2]]);
  });

  test("counts from what was added on the page before", async () => {
    const page = await aPageWith({});

    await page.themeFetches("/cart/add.js", json({ id: ASH, quantity: 2 }));
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 3 }));

    expect(added(page)).toEqual([
      [ASH, 2],
      [ASH, 1],
    ]);
  });

  test("leaves out what another tab put into the cart", async () => {
    const shop = aShopCart({ [ASH]: 1 });
    const page = await aPage({ answer: shop.answer, cart: shop.lines() });
    shop.add(OAK, 4);

    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 2 }));
    await page.themeFetches("/cart/update.js", json({ note: "By Friday, please" }));

    expect(added(page)).toEqual([[ASH, 1]]);
  });

  test("is left out where the cart before is unknown, and counts once it was read", async () => {
    const page = await aPageWith({ [ASH]: 2 }, { cart: null });

    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 3 }));
    expect(added(page)).toEqual([]);
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 5 }));

    expect(added(page)).toEqual([[ASH, 2]]);
  });

  test.each([
    ["comes back from the browser's cache", (page: Page) => page.happens("pageshow", { persisted: true })],
    ["was used before the visitor agreed", (page: Page) => page.answer(ALLOWED)],
  ])("is left out on a page that %s, as its cart is another by now", async (_case, goOn) => {
    const page = await aPageWith({ [ASH]: 2 }, { privacy: _case.includes("agreed") ? REFUSED : ALLOWED });
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 2 }));

    await goOn(page);
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 4 }));

    expect(added(page)).toEqual([]);
  });
});
