import { describe, expect, test } from "vitest";
import { ALLOWED, ASH, OAK, REFUSED } from "../fixtures/browser/bowl-page.ts";
import { aCartPage, aCartPageWith, addedOn, aForm, json, type CartPage } from "../fixtures/browser/cart-page.ts";
import { aShopCart } from "../fixtures/browser/shop-cart.ts";

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
    const page = await aCartPageWith({ [OAK]: 1, [ASH]: 2 });

    await page.themeFetches(address, body);

    expect(addedOn(page)).toEqual([[ASH, 3]]);
    expect(page.posts().at(-1)?.data).toMatchObject({ value: 90, currency: "EUR" });
  });

  test("adds what was not in the cart, as a bulk order does", async () => {
    const page = await aCartPageWith({});

    await page.themeFetches("/cart/update", json({ updates: { [OAK]: 4, [ASH]: 1 } }));

    expect(addedOn(page)).toEqual([
      [OAK, 4],
      [ASH, 1],
    ]);
  });

  test("that lowers or removes is no addition, and the next one counts from there", async () => {
    const page = await aCartPageWith({ [ASH]: 5 });

    for (const quantity of [3, 0, 2]) await page.themeFetches("/cart/change.js", json({ id: ASH, quantity }));

    expect(addedOn(page)).toEqual([[ASH, 2]]);
  });

  test("counts from what the previous page added", async () => {
    const page = await aCartPageWith({});

    await page.themeFetches("/cart/add.js", json({ id: ASH, quantity: 2 }));
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 3 }));

    expect(addedOn(page)).toEqual([
      [ASH, 2],
      [ASH, 1],
    ]);
  });

  test("ignores what another tab added", async () => {
    const shop = aShopCart({ [ASH]: 1 });
    const page = await aCartPage({ answer: shop.answer, cart: shop.lines() });
    shop.add(OAK, 4);

    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 2 }));
    await page.themeFetches("/cart/update.js", json({ note: "By Friday, please" }));

    expect(addedOn(page)).toEqual([[ASH, 1]]);
  });

  test("is ignored while the cart is unknown, and counts after it was read", async () => {
    const page = await aCartPageWith({ [ASH]: 2 }, { cart: null });

    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 3 }));
    expect(addedOn(page)).toEqual([]);
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 5 }));

    expect(addedOn(page)).toEqual([[ASH, 2]]);
  });

  test.each([
    ["comes back from the browser's cache", (page: CartPage) => page.happens("pageshow", { persisted: true })],
    ["was used before the visitor agreed", (page: CartPage) => page.answer(ALLOWED)],
  ])("is left out on a page that %s, as its cart is another by now", async (_case, goOn) => {
    const page = await aCartPageWith({ [ASH]: 2 }, { privacy: _case.includes("agreed") ? REFUSED : ALLOWED });
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 2 }));

    await goOn(page);
    await page.themeFetches("/cart/change.js", json({ id: ASH, quantity: 4 }));

    expect(addedOn(page)).toEqual([]);
  });
});
