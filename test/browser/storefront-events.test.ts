import { hash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Leg } from "../simulators/meta/event-ledger.ts";
import { addToCart, answerPrivacy } from "../simulators/shopper.ts";
import { shopUrl } from "./shop-scene.ts";
import { MODES, MUG, openStorefront, STORE, type Visitor } from "./storefront-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()));
afterAll(() => shop.scene.close());
beforeEach(async () => void (visitor = await shop.visitor()));
afterEach(() => visitor.close());

const ADDITIONS = 5;
const LEAST_ARRIVED = 4;

/** Adds a mug and leaves the page in the same breath, as an impatient theme does. */
const addAndLeave = (): Promise<void> =>
  visitor.page.evaluate(async () => {
    const body = new URLSearchParams({ id: "4581920037713", quantity: "1" });
    await fetch("/cart/add.js", { method: "POST", body });
    location.href = "/cart";
  });

describe.each(MODES)("storefront events, in %s mode", (mode) => {
  beforeAll(() => shop.setMode(mode));

  test("arrive on both legs with the same data: page, product, category, search, addition to the cart", async () => {
    await visitor.visit("/collections/all");
    await visitor.arrived("ViewCategory");
    await visitor.visit("/search?q=towel");
    await visitor.arrived("Search");
    await visitor.visit("/products/stoneware-mug");
    await visitor.arrived("ViewContent");
    await addToCart(visitor.page, 2);
    await visitor.arrived("AddToCart");
    await visitor.arrived("PageView", 3);

    await visitor.expectPairsOnly();
    expect(visitor.received("Search")[0]?.browser?.customData).toMatchObject({ search_string: "towel" });
    expect(visitor.received("AddToCart")[0]?.value).toBe(37.8);
    const loaded = visitor.requests.some((url) => url.includes("fbevents.js"));
    expect(loaded).toBe(mode === "embed");
  });

  test("work under a shop's own content security policy", async () => {
    await visitor.visit(`${MUG}?simulator_csp`);
    await visitor.arrived("PageView");
    await visitor.arrived("ViewContent");
    await addToCart(visitor.page);
    await visitor.arrived("AddToCart");
    await visitor.expectPairsOnly();
  });

  test("in two tabs belong to one browser, each event once", async () => {
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    const other = await visitor.shopper.context.newPage();
    await other.goto(shopUrl(STORE, "/products/linen-tea-towel"));
    await visitor.arrived("ViewContent", 2);
    await addToCart(other);
    await addToCart(visitor.page);
    await visitor.arrived("AddToCart", 2);
    await visitor.arrived("PageView", 2);

    await visitor.expectPairsOnly();
    expect(new Set(visitor.received().map(({ browser }) => browser?.fbp)).size).toBe(1);
  });

  test("arrive over a slow network, from a page that is left at once", async () => {
    const devtools = await visitor.shopper.context.newCDPSession(visitor.page);
    await devtools.send("Network.enable");
    // Milliseconds, and bytes a second: a mobile connection.
    const poor = { offline: false, latency: 200, downloadThroughput: 150_000, uploadThroughput: 50_000 };
    await devtools.send("Network.emulateNetworkConditions", poor);
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    await addAndLeave();
    await visitor.page.waitForURL("**/cart");
    await visitor.arrived("AddToCart");
    await visitor.arrived("PageView", 2);
    await visitor.expectPairsOnly();
  });

  test(`of additions that are followed at once by another page, at least ${LEAST_ARRIVED} in ${ADDITIONS} arrive`, async ({
    annotate,
  }) => {
    for (let n = 1; n <= ADDITIONS; n += 1) {
      await visitor.visit(MUG);
      await visitor.arrived("ViewContent", n);
      await addAndLeave();
      await visitor.page.waitForURL("**/cart");
    }
    const arrivedOn = (leg: Leg): number =>
      visitor.received("AddToCart").filter(({ legs }) => legs.includes(leg)).length;
    const least = () => Math.min(arrivedOn("browser"), arrivedOn("server"));
    await vi.waitFor(() => expect(least()).toBeGreaterThanOrEqual(LEAST_ARRIVED), PATIENCE_MS);
    // What comes after them all.
    await visitor.visit("/collections/all");
    await visitor.arrived("ViewCategory");
    const arrived = [arrivedOn("browser"), arrivedOn("server")];
    await annotate(
      `${mode} mode: of ${ADDITIONS} additions, ${arrived.join(" browser legs and ")} server legs arrived`,
    );
  });
});

describe("a page restored from the back/forward cache", () => {
  // Chromium's headless shell keeps no page alive, whatever its flags ("BackForwardCacheDisabledForDelegate", 153), so the
  // page is told by hand what it would be told.
  const fire = (type: "pagehide" | "pageshow"): Promise<boolean> =>
    visitor.page.evaluate((name) => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);

  test.each(["embed", "lite"] as const)(
    "in %s mode is a visit of its own, under what the visitor answered meanwhile",
    async (mode) => {
      await shop.setMode(mode);
      await visitor.visit(MUG);
      await visitor.arrived("PageView");
      const elsewhere = await visitor.shopper.context.newPage();
      await fire("pagehide");
      await elsewhere.goto(shopUrl(STORE, "/cart"));
      await visitor.arrived("PageView", 2);
      await fire("pageshow");
      await visitor.arrived("PageView", 3);
      await addToCart(visitor.page);
      await visitor.arrived("AddToCart");

      await fire("pagehide");
      await answerPrivacy(elsewhere, { marketing: false });
      const before = visitor.foreignHosts().length;
      await fire("pageshow");
      await addToCart(visitor.page);
      expect(visitor.foreignHosts().slice(before)).toEqual([]);
      await answerPrivacy(elsewhere, { marketing: true });
      await elsewhere.goto(shopUrl(STORE));
      await vi.waitFor(() => expect(visitor.received("PageView").length).toBeGreaterThanOrEqual(4), PATIENCE_MS);
      await visitor.expectPairsOnly();
      expect(visitor.received("AddToCart")).toHaveLength(1);
    },
  );
});

describe("the embed, without Meta's script", () => {
  beforeAll(() => shop.setMode("lite"));

  test("views no product on a click in a collection, and reports its quick add", async () => {
    await visitor.visit("/collections/all");
    await visitor.arrived("ViewCategory");
    await visitor.page.getByRole("heading", { level: 1 }).click();
    await visitor.page.getByRole("button", { name: "Choose options" }).first().click();
    await visitor.page.getByRole("button", { name: "Add to cart" }).click();
    await visitor.arrived("AddToCart");
    // Longer than the embed waits after a click.
    await visitor.page.waitForTimeout(800);

    await visitor.expectPairsOnly();
    expect(visitor.received("ViewContent")).toEqual([]);
    expect(visitor.received("AddToCart")[0]).toMatchObject({ value: 12.95, currency: "EUR" });
  });

  test.each(["embed", "lite"] as const)(
    "reports another variant that the visitor chooses, in %s mode",
    async (mode) => {
      await shop.setMode(mode);
      await visitor.visit(MUG);
      await visitor.arrived("ViewContent");
      await visitor.page.getByLabel("Variant").selectOption({ index: 1 });
      await visitor.arrived("ViewContent", 2);

      expect(visitor.received("ViewContent").map(({ value }) => value)).toEqual([18.9, 19.9]);
      await visitor.expectPairsOnly();
    },
  );

  test("reports the forms that Shopify accepted, and both legs have the hashes of a registered customer from then on", async () => {
    await visitor.visit("/pages/contact");
    const send = async (form: string, button: string): Promise<void> => {
      const within = visitor.page.getByRole("form", { name: form });
      await within.getByLabel(/e-mail/i).fill("ada@example.com");
      await within.getByRole("button", { name: button }).click();
    };
    await visitor.arrived("PageView");
    await send("Contact", "Send");
    await visitor.arrived("Contact");
    const [sent] = visitor.received("Contact");
    expect(sent?.server?.event["user_data"]).toMatchObject({ em: [hash("sha256", "ada@example.com", "hex")] });
    await send("Newsletter", "Subscribe");
    await visitor.arrived("Lead");
    await visitor.visit("/account/register");
    await send("Registration", "Create");
    await visitor.arrived("CompleteRegistration");

    await visitor.expectPairsOnly();
    const [registered] = visitor.received("CompleteRegistration");
    const { em } = registered?.server?.event["user_data"] as { readonly em: readonly string[] };
    expect(em).toEqual([registered?.browser?.userData["em"]]);
  });

  test("does not report a form that Shopify refused", async () => {
    await visitor.visit("/pages/contact");
    await visitor.arrived("PageView");
    const form = visitor.page.getByRole("form", { name: "Contact" });
    await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
    await form.getByRole("button", { name: "Send" }).click();
    await visitor.arrived("PageView", 2);

    expect(visitor.received("Contact")).toEqual([]);
  });
});
