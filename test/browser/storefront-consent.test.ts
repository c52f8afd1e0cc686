import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addToCart, answerBanner } from "../simulators/shopper.ts";
import { received } from "./shop-scene.ts";
import { MUG, openStorefront, type Visitor } from "./storefront-scene.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()), 120_000);
afterAll(() => shop.scene.close());
beforeEach(async () => void (visitor = await shop.visitor()));
afterEach(() => visitor.close());

describe("consent on the page", () => {
  beforeAll(() => shop.setMode("embed"), 60_000);
  /** A visitor from where consent is required. */
  const fromGermany = async (): Promise<void> => {
    await visitor.close();
    visitor = await shop.visitor({ region: "DE" });
  };

  test("nothing but the shop's own pages is asked for before it, whatever the visitor does", async () => {
    await fromGermany();
    await visitor.visit("/products/stoneware-mug");
    await visitor.page.getByRole("dialog", { name: "Cookie consent" }).waitFor();
    await addToCart(visitor.page);
    await visitor.page.getByLabel("Variant").selectOption({ index: 1 });
    await visitor.page.waitForTimeout(1000);

    expect(visitor.hosts().filter((host) => !host.endsWith("shopify.com"))).toEqual([]);
    expect((await visitor.shopper.context.cookies()).filter(({ name }) => name.startsWith("_fb"))).toEqual([]);

    await answerBanner(visitor.page, "Accept");
    await visitor.arrived("ViewContent");
    // What came before was dropped, not kept.
    expect(received("AddToCart", shop.scene)).toEqual([]);
  });

  test("withdrawn on the page ends it there", async () => {
    await fromGermany();
    await visitor.visit("/products/stoneware-mug");
    await answerBanner(visitor.page, "Accept");
    await visitor.arrived("ViewContent");
    await visitor.page.evaluate(
      () =>
        new Promise<void>((done) => {
          type Privacy = { setTrackingConsent: (answer: object, done: () => void) => void };
          (window as unknown as { Shopify: { customerPrivacy: Privacy } }).Shopify.customerPrivacy.setTrackingConsent(
            { analytics: false, marketing: false, preferences: false, sale_of_data: false },
            done,
          );
        }),
    );
    const before = visitor.requests.length;
    await addToCart(visitor.page);
    await visitor.page.waitForTimeout(500);

    expect(
      visitor
        .hosts()
        .slice(before)
        .filter((host) => !host.endsWith("shopify.com")),
    ).toEqual([]);
    expect(received("AddToCart", shop.scene)).toEqual([]);
  });

  test("that a theme never tells is a no, though the visitor would not have been asked", async () => {
    await visitor.visit(`${MUG}?simulator_privacy=never`);
    await addToCart(visitor.page);
    await visitor.page.waitForTimeout(1000);

    expect(visitor.hosts().filter((host) => /facebook/.test(host))).toEqual([]);
    expect(shop.scene.stack.meta.received()).toEqual([]);
  });

  test("Meta's script never sees an address that may hold a person, and both legs get it filtered", async () => {
    await visitor.visit(`${MUG}?token=very-secret&email=ada%40example.com`);
    await visitor.arrived("ViewContent");

    expect(visitor.hosts().filter((host) => /facebook/.test(host))).not.toContain("connect.facebook.net");
    const sent = shop.scene.stack.meta.received().map(({ browser, server }) => [browser?.parameters, server?.event]);
    expect(JSON.stringify(sent)).not.toMatch(/very-secret|ada@|ada%40/);
    visitor.expectPairsOnly();
  });
});
