import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ReceivedEvent } from "../simulators/meta/event-ledger.ts";
import { addToCart, answerBanner, pay } from "../simulators/shopper.ts";
import * as scenes from "./shop-scene.ts";
import { MODES, MUG, openStorefront, STORE, userDataOf, type Visitor } from "./storefront-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

// A shop in Berlin: visitors from Europe are asked for consent, those from the United States are not.
const FROM_AN_AD = "utm_source=facebook&fbclid=IwAR0test_Click-Id";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
let page: Page;
beforeAll(async () => void (shop = await openStorefront()));
afterAll(() => shop.scene.close());
beforeEach(() => come("US"));
afterEach(() => visitor.close());

async function come(region: string, wish: Parameters<typeof shop.visitor>[0] = {}): Promise<void> {
  visitor = await shop.visitor({ region, ...wish });
  ({ page } = visitor);
}

const ledgerLine = (orderId: string): Promise<string> => scenes.ledgerLine(STORE, orderId, shop.scene);
const ledgerSays = (orderId: string, text: RegExp): Promise<void> =>
  expect.poll(() => ledgerLine(orderId)).toMatch(text);

function orderOf(orderId: string) {
  const order = shop.scene.stack.shopify.orders.find(({ id }) => id === orderId);
  if (order === undefined) throw new Error(`Shopify has no order ${orderId}`);
  return order;
}

/** Waits until exactly these events have come, each from both legs, once and saying the same. */
async function expectExactly(counts: Readonly<Record<string, number>>): Promise<void> {
  const expected = Object.entries(counts).flatMap(([name, count]) => Array<string>(count).fill(name));
  const events = () => visitor.received().map(({ eventName, merged }) => `${eventName}${merged ? "" : " (one leg)"}`);
  await vi.waitFor(() => expect(events().sort()).toEqual(expected.sort()), PATIENCE_MS);
  await visitor.expectPairsOnly();
}

/** The order's event, with the id that both legs derive from the order. */
function purchaseOf(orderId: string): ReceivedEvent {
  const [purchase, ...more] = visitor.received("Purchase");
  if (purchase === undefined) throw new Error("no purchase arrived");
  expect([purchase.eventId, more]).toEqual([`purchase.${STORE}.${orderId}`, []]);
  return purchase;
}

const serverUserOf = ({ server }: ReceivedEvent) => userDataOf(server?.event ?? {});
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const READABLE_PERSON = /@|\bada\b|sample lane|\bberlin\b|\b10115\b|4930901820/i;

/** Who bought reaches Meta as hashes only, with the browser that both legs speak of. */
async function expectPrivateIdentity(purchase: ReceivedEvent): Promise<void> {
  const userData = serverUserOf(purchase);
  expect(userData["em"]).toEqual([sha256("ada@example.com")]);
  expect(userData["fbp"]).toMatch(/^fb\.2\.\d{13}\.\d+$/);
  expect(userData["fbc"]).toBe(purchase.browser?.fbc);
  expect(userData["fbc"]).toMatch(/\.IwAR0test_Click-Id$/);
  expect(userData["client_user_agent"]).toBe(await page.evaluate(() => navigator.userAgent));
  expect(JSON.stringify(purchase.server?.event)).not.toMatch(READABLE_PERSON);
  expect(JSON.stringify(purchase.browser?.parameters)).not.toMatch(READABLE_PERSON);
}

describe.each(MODES)("one purchase is one event, from the browser and from the server, in %s mode", (mode) => {
  // The checkout and the thank-you page are pages of the web pixel's; the embed does not run there.
  const checkoutPages = (count: number): number => (mode === "pixel" ? count : 0);

  test("with consent, every event of a visit arrives on both legs, once, with the same data; a revisit adds none", async () => {
    await shop.setMode(mode, { embedOn: true });
    await visitor.close();
    await come("DE");
    await visitor.visit(`${MUG}?${FROM_AN_AD}`);
    await answerBanner(page, "Accept");
    await visitor.arrived("ViewContent");
    const newsletter = page.getByRole("form", { name: "Newsletter" });
    await newsletter.getByLabel(/e-mail/i).fill("ada@example.com");
    await newsletter.getByRole("button", { name: "Subscribe" }).click();
    await visitor.arrived("Lead");
    await visitor.visit("/search?q=mug");
    await visitor.arrived("Search");
    await visitor.visit(MUG);
    await addToCart(page, 2);
    await visitor.arrived("AddToCart");
    await visitor.visit("/checkout");
    await visitor.arrived("InitiateCheckout");
    const orderId = await pay(page);
    await visitor.arrived("Purchase");
    await page.reload();
    await page.locator("[data-order-id]").waitFor();
    await visitor.visit("/");

    await expectExactly({
      PageView: 5 + checkoutPages(3),
      ViewContent: 3,
      Lead: 1,
      Search: 1,
      AddToCart: 1,
      InitiateCheckout: 1,
      AddPaymentInfo: 1,
      Purchase: 1,
    });
    const purchase = purchaseOf(orderId);
    expect([purchase.value, purchase.currency]).toEqual([37.8, "EUR"]);
    await expectPrivateIdentity(purchase);
  });

  test("bought directly, without the cart, by a visitor who opted out of the sale of data: limited use on both legs", async () => {
    await shop.setMode(mode);
    await visitor.close();
    await come("US", {
      prepare: (context) =>
        context.addInitScript(() =>
          Object.defineProperty(navigator, "globalPrivacyControl", { value: true, configurable: true }),
        ),
    });
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    expect(await page.getByRole("dialog", { name: "Cookie consent" }).count()).toBe(0);
    await page.getByRole("link", { name: "Buy it now" }).click();
    await visitor.arrived("InitiateCheckout");
    const orderId = await pay(page);

    await expectExactly({
      PageView: 1 + checkoutPages(2),
      ViewContent: 1,
      InitiateCheckout: 1,
      AddPaymentInfo: 1,
      Purchase: 1,
    });
    expect(serverUserOf(purchaseOf(orderId))["fbp"]).toMatch(/^fb\.2\./);
    const limits = visitor
      .received()
      .map(({ browser, server }) => [browser?.dataProcessingOptions, server?.event["data_processing_options"]]);
    expect(limits).toEqual(limits.map(() => ["LDU", ["LDU"]]));
  });

  test("paid in yen, from a cart drawer on the product page: both legs have the shopper's price", async () => {
    await shop.setMode(mode);
    await visitor.visit(`${MUG}?country=JP&simulator_theme=drawer`);
    await visitor.arrived("ViewContent");
    await addToCart(page);
    await visitor.arrived("AddToCart");
    const drawer = page.getByRole("complementary", { name: "Your cart" });
    await drawer.getByRole("button", { name: "One more Stoneware mug" }).click();
    await drawer.getByText("2 × Stoneware mug").waitFor();
    await drawer.getByRole("button", { name: "Check out" }).click();
    await visitor.arrived("InitiateCheckout");
    const orderId = await pay(page);

    // The embed sees the quantity that the drawer raises; Shopify tells a web pixel of additions only.
    const additions = mode === "pixel" ? 1 : 2;
    await expectExactly({
      PageView: 1 + checkoutPages(2),
      ViewContent: 1,
      AddToCart: additions,
      InitiateCheckout: 1,
      AddPaymentInfo: 1,
      Purchase: 1,
    });
    const { priced } = orderOf(orderId);
    const one = priced.subtotal / 2;
    const reported = (name: string) => visitor.received(name).map(({ value, currency }) => [value, currency]);
    expect(reported("ViewContent")).toEqual([[one, "JPY"]]);
    expect(reported("AddToCart")).toEqual(Array(additions).fill([one, "JPY"]));
    expect(reported("InitiateCheckout")).toEqual([[priced.subtotal, "JPY"]]);
    expect(reported("Purchase")).toEqual([[priced.subtotal, "JPY"]]);
  });
});

test("with a discount code and the shop's own two-towels discount, both legs have the paid amount", async () => {
  await shop.setMode("embed");
  await visitor.visit("/products/linen-tea-towel");
  await visitor.arrived("ViewContent");
  await addToCart(page, 2);
  await visitor.visit("/checkout");
  const orderId = await pay(page, { discountCode: "SAVE10" });
  await visitor.arrived("Purchase");

  const purchase = purchaseOf(orderId);
  const order = orderOf(orderId);
  expect(order.priced.discounts.map(({ title }) => title).sort()).toEqual(["SAVE10", "Two towels"]);
  // Two towels of 12.95, a fifth off, then a tenth off the rest.
  expect(purchase.value).toBe(18.65);
  expect(purchase.value).toBe(order.priced.subtotal / 100);
  expect(purchase.browser?.customData["num_items"]).toBe(2);
  expect(purchase.differences).toEqual([]);
});

test("a shopper who declines leaves no trace at Meta, and the order is withheld with its reason", async () => {
  await shop.setMode("embed", { contextWaitSeconds: 1 });
  await visitor.close();
  await come("DE");
  await visitor.visit(`${MUG}?${FROM_AN_AD}`);
  await answerBanner(page, "Decline");
  await addToCart(page);
  await visitor.visit("/cart");
  await page.getByRole("button", { name: "Check out" }).click();
  const orderId = await pay(page);

  await ledgerSays(orderId, /Not sent[^]*The visitor’s browser reported that marketing is not allowed/);
  expect(await ledgerLine(orderId)).toMatch(/Not seen/);
  expect(visitor.received()).toEqual([]);
  const ids = shop.scene.stack.meta.received().map(({ eventId }) => eventId);
  expect(ids).not.toContain(`purchase.${STORE}.${orderId}`);
  expect(visitor.foreignHosts()).toEqual([]);
  const cookies = (await visitor.shopper.context.cookies()).map(({ name }) => name);
  expect(cookies).toContain("_tracking_consent");
  expect(cookies.filter((name) => name.startsWith("_fb"))).toEqual([]);
});

test("a bank transfer counts when it is paid: no browser leg, and one server leg after the payment", async () => {
  await shop.setMode("embed");
  await visitor.visit(MUG);
  await visitor.arrived("ViewContent");
  await addToCart(page);
  await visitor.visit("/checkout");
  const orderId = await pay(page, { by: "Bank transfer" });
  await visitor.arrived("AddPaymentInfo");
  // "Left out" is what the browser's receipt says, so the browser has nothing more to send.
  await ledgerSays(orderId, /Left out/);
  expect(await ledgerLine(orderId)).toMatch(/Waiting for payment/);
  expect(visitor.received("Purchase")).toEqual([]);

  shop.scene.stack.shopify.markPaid(orderOf(orderId));
  await ledgerSays(orderId, /Delivered/);
  expect(visitor.received("Purchase")).toEqual([
    expect.objectContaining({
      eventId: `purchase.${STORE}.${orderId}`,
      legs: ["server"],
      serverCopies: 1,
      browserCopies: 0,
    }),
  ]);
});
