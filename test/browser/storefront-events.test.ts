import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addToCart } from "../simulators/shopper.ts";
import { ARRIVAL } from "./shop-scene.ts";
import { MUG, openStorefront, type Visitor } from "./storefront-scene.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()), 120_000);
afterAll(() => shop.scene.close());
beforeEach(async () => void (visitor = await shop.visitor()));
afterEach(() => visitor.close());

describe.each(["pixel", "embed", "lite"] as const)("what the storefront shows, in %s mode", (mode) => {
  beforeAll(() => shop.setMode(mode), 60_000);

  test("arrives on both legs and says the same: page, product, category, search, addition to the cart", async () => {
    await visitor.visit("/collections/all");
    await visitor.arrived("ViewCategory");
    await visitor.visit("/search?q=towel");
    await visitor.arrived("Search");
    await visitor.visit("/products/stoneware-mug");
    await visitor.arrived("ViewContent");
    await addToCart(visitor.page, 2);
    await visitor.arrived("AddToCart");
    await visitor.arrived("PageView", 3);

    visitor.expectPairsOnly();
    expect(visitor.received("Search")[0]?.browser?.customData).toMatchObject({ search_string: "towel" });
    expect(visitor.received("AddToCart")[0]?.value).toBe(37.8);
    const loaded = visitor.requests.some((url) => url.includes("fbevents.js"));
    expect(loaded).toBe(mode === "embed");
  });
});

describe("the embed, without Meta's script", () => {
  beforeAll(() => shop.setMode("lite"), 60_000);

  test.each(["xhr", "multipart", "standard", "form"])(
    "sees an addition to the cart that the theme makes by %s, once",
    async (way) => {
      await visitor.visit(`${MUG}?simulator_theme=${way}`);
      await visitor.arrived("ViewContent");
      await visitor.page.getByLabel("Quantity").fill("2");
      await visitor.page.getByRole("button", { name: "Add to cart" }).click();
      await visitor.arrived("AddToCart");
      await visitor.page.waitForTimeout(300);

      visitor.expectPairsOnly();
      expect(visitor.received("AddToCart")[0]).toMatchObject({ value: 37.8, currency: "EUR" });
    },
  );

  test("reports another variant that the visitor chooses", async () => {
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    await visitor.page.getByLabel("Variant").selectOption({ index: 1 });
    await visitor.arrived("ViewContent", 2);

    expect(visitor.received("ViewContent").map(({ value }) => value)).toEqual([18.9, 19.9]);
    visitor.expectPairsOnly();
  });

  test("reports the forms that Shopify took, and who registers is known by hashes on both legs from then on", async () => {
    await visitor.visit("/pages/contact");
    const send = async (form: string, button: string): Promise<void> => {
      const within = visitor.page.getByRole("form", { name: form });
      await within.getByLabel(/e-mail/i).fill("ada@example.com");
      await within.getByRole("button", { name: button }).click();
    };
    await visitor.arrived("PageView");
    await send("Contact", "Send");
    await visitor.arrived("Contact");
    await send("Newsletter", "Subscribe");
    await visitor.arrived("Lead");
    await visitor.visit("/account/register");
    await send("Registration", "Create");
    await visitor.arrived("CompleteRegistration");

    visitor.expectPairsOnly();
    const [registered] = visitor.received("CompleteRegistration");
    const { em } = registered?.server?.event["user_data"] as { readonly em: readonly string[] };
    expect(em).toEqual([registered?.browser?.userData["em"]]);
  });

  test("says nothing of a form that Shopify refused", async () => {
    await visitor.visit("/pages/contact");
    await visitor.arrived("PageView");
    const form = visitor.page.getByRole("form", { name: "Contact" });
    await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
    await form.getByRole("button", { name: "Send" }).click();
    await visitor.arrived("PageView", 2);

    expect(visitor.received("Contact")).toEqual([]);
  });

  test("works under a shop's own content security policy", async () => {
    await visitor.visit(`${MUG}?simulator_csp`);
    await visitor.arrived("ViewContent");
    visitor.expectPairsOnly();
  });

  test("an addition that is followed at once by another page arrives", async () => {
    const times = 8;
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    for (let n = 1; n <= times; n += 1) {
      await visitor.page.evaluate(async () => {
        await fetch("/cart/add.js", {
          method: "POST",
          body: new URLSearchParams({ id: "4581920037713", quantity: "1" }),
        });
        location.href = "/cart";
      });
      await visitor.page.waitForURL("**/cart");
      await visitor.visit("/products/stoneware-mug");
      await visitor.arrived("ViewContent", n + 1);
    }
    await vi.waitFor(
      () => expect(visitor.received("AddToCart").filter(({ merged }) => merged)).toHaveLength(times),
      ARRIVAL,
    );
  });
});
