import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { addToCart } from "../simulators/shopper.ts";
import { MUG, openStorefront, STORE, type Visitor } from "./storefront-scene.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => {
  shop = await openStorefront();
  await shop.setMode("lite");
});
afterAll(() => shop.scene.close());
beforeEach(async () => void (visitor = await shop.visitor()));
afterEach(() => visitor.close());

test.each(["xhr", "multipart", "standard", "horizon", "bulk", "brackets", "form"])(
  "sees an addition to the cart that the theme makes by %s, once",
  async (way) => {
    await visitor.visit(`${MUG}?simulator_theme=${way}`);
    await visitor.arrived("ViewContent");
    await visitor.page.getByLabel("Quantity").fill("2");
    await visitor.page.getByRole("button", { name: "Add to cart" }).click();
    await visitor.arrived("AddToCart");
    await visitor.page.waitForTimeout(300);

    await visitor.expectPairsOnly();
    expect(visitor.received("AddToCart")[0]).toMatchObject({ value: 37.8, currency: "EUR" });
  },
);

test.each(["json", "standard", "horizon"])(
  "says nothing of an addition by %s that the shop refuses, and reports the next one",
  async (way) => {
    await visitor.close();
    // The browser itself remarks on the shop's 422.
    visitor = await shop.visitor({ unreachable: [`${STORE}.myshopify.com`] });
    await visitor.visit(`${MUG}?simulator_theme=${way}`);
    await visitor.arrived("ViewContent");
    await visitor.page.getByLabel("Quantity").fill("1000");
    await visitor.page.getByRole("button", { name: "Add to cart" }).click();
    await visitor.page.getByText("This did not work.").waitFor();
    await addToCart(visitor.page, 2);
    await visitor.arrived("AddToCart");

    expect(visitor.received("AddToCart").map(({ value }) => value)).toEqual([37.8]);
  },
);

test("counts additions in the cart drawer", async () => {
  await visitor.visit(`${MUG}?simulator_theme=drawer`);
  await visitor.arrived("ViewContent");
  await addToCart(visitor.page, 2);
  await visitor.arrived("AddToCart");
  await visitor.page.getByRole("button", { name: "One more" }).click();
  await visitor.arrived("AddToCart", 2);

  await visitor.expectPairsOnly();
  expect(visitor.received("AddToCart").map(({ value }) => value)).toEqual([37.8, 18.9]);
});
