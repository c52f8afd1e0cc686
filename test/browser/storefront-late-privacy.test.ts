import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addToCart, answerBanner, answerPrivacy } from "../simulators/shopper.ts";
import { MUG, openStorefront, type Visitor } from "./storefront-scene.ts";

// Shopify's Customer Privacy API loads after the page, so a shopper may act before the embed knows what they agreed to.

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()));
afterAll(() => shop.scene.close());
afterEach(() => visitor.close());

/** A shopper who answered on an earlier page, and whose next page has no Customer Privacy API yet. */
async function comeBack(answer: "Accept" | "Decline"): Promise<void> {
  visitor = await shop.visitor({ region: "DE" });
  await visitor.visit("/");
  await answerBanner(visitor.page, answer);
  if (answer === "Accept") await visitor.arrived("PageView");
  await visitor.visit(`${MUG}?simulator_privacy=late`);
}

const privacyLoads = () => visitor.page.evaluate(() => dispatchEvent(new Event("simulator:privacy")));

async function expectNothingOfCart(): Promise<void> {
  await visitor.arrived("ViewContent");
  await visitor.expectPairsOnly();
  expect(visitor.received("AddToCart")).toEqual([]);
}

describe.each(["embed", "lite"] as const)("before Shopify’s privacy API has loaded, in %s mode", (mode) => {
  beforeAll(() => shop.setMode(mode));

  test("what a shopper does who agreed on an earlier page arrives once the API says so, after the page itself", async () => {
    await comeBack("Accept");
    await visitor.page.getByLabel("Variant").selectOption({ index: 1 });
    await addToCart(visitor.page, 2);
    // The embed looks for the chosen variant a moment after the choice.
    await visitor.page.waitForTimeout(700);
    expect(visitor.received()).toHaveLength(1);

    await privacyLoads();
    await visitor.arrived("PageView", 2);
    await visitor.arrived("ViewContent", 2);
    await visitor.arrived("AddToCart");
    await visitor.expectPairsOnly();
    const [addition] = visitor.received("AddToCart");
    expect(addition?.browser?.customData["contents"]).toEqual([expect.objectContaining({ quantity: 2 })]);
  });

  test("nothing is sent of one who declined on an earlier page", async () => {
    await comeBack("Decline");
    await addToCart(visitor.page);
    await privacyLoads();
    // A later yes is about what follows.
    await answerPrivacy(visitor.page, { marketing: true });
    await expectNothingOfCart();
  });

  test("nothing is sent of what was done before the first answer", async () => {
    visitor = await shop.visitor({ region: "DE" });
    await visitor.visit(`${MUG}?simulator_privacy=never`);
    await addToCart(visitor.page);
    // Another company's consent manager brings the API, and the first that the embed hears of it is an answer.
    await visitor.page.evaluate(() => {
      const yes = () => true;
      const { Shopify } = window as unknown as { Shopify: Record<string, unknown> };
      Shopify["customerPrivacy"] = { marketingAllowed: yes, saleOfDataAllowed: yes };
      document.dispatchEvent(new Event("visitorConsentCollected"));
    });
    await expectNothingOfCart();
  });
});
