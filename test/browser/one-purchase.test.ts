import { createHash } from "node:crypto";
import type { Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newShopper, type Shopper } from "../simulators/browser.ts";
import { openApp, openAppPage, sendPixelForm, switchEmbedOn, toast } from "../simulators/merchant.ts";
import type { ReceivedEvent } from "../simulators/meta/event-ledger.ts";
import { addToCart, answerBanner, pay } from "../simulators/shopper.ts";
import { PIXEL } from "../simulators/stack.ts";
import * as scenes from "./shop-scene.ts";
import { openShopScene, shopUrl, type ShopScene, WITHOUT_BANNER } from "./shop-scene.ts";

// A shop in Berlin: visitors from Europe are asked for consent, those from the United States are not.
const STORE = "tandem-demo";
const MUG = shopUrl(STORE, "/products/stoneware-mug");
const FROM_AN_AD = "utm_source=facebook&fbclid=IwAR0test_Click-Id";
// Every event that one purchase makes, in the order in which a shopper causes them.
const FUNNEL = ["PageView", "ViewContent", "AddToCart", "InitiateCheckout", "AddPaymentInfo", "Purchase"] as const;

let scene: ShopScene;
let shopper: Shopper;
let page: Page;
let requests: Request[];

beforeAll(async () => {
  scene = await openShopScene();
  const { admin } = scene;
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
  await sendPixelForm(admin, PIXEL);
  await toast(admin, /Meta accepts the token/);
  await switchEmbedOn(admin, STORE);
}, 90_000);
afterAll(() => scene.close());
beforeEach(async () => {
  scene.stack.meta.reset();
  shopper = await newShopper(scene.browser);
  requests = [];
  shopper.context.on("request", (request) => requests.push(request));
  page = await shopper.context.newPage();
});
afterEach(() => shopper.close());

type Choice = { readonly mode: "embed" | "pixel"; readonly waitSeconds?: number };

/** In pixel mode the embed is off, as it is right after an install. */
async function choose({ mode, waitSeconds = 60 }: Choice): Promise<void> {
  await scenes.choose(STORE, { storefrontMode: mode, contextWaitSeconds: waitSeconds }, scene);
  scene.stack.shopify.setEmbeds(STORE, mode === "embed");
}
const buy = (way: Omit<scenes.Purchasing, "store">): Promise<string> =>
  scenes.buy(page, { store: STORE, ...way }, scene);
const bothLegs = (name: string, count?: number): Promise<void> => scenes.bothLegs(name, scene, count);
const ledgerLine = (orderId: string): Promise<string> => scenes.ledgerLine(STORE, orderId, scene);
const ledgerSays = (orderId: string, text: RegExp): Promise<void> =>
  expect.poll(() => ledgerLine(orderId), { timeout: 30_000, interval: 300 }).toMatch(text);

function orderOf(orderId: string) {
  const order = scene.stack.shopify.orders.find(({ id }) => id === orderId);
  if (order === undefined) throw new Error(`Shopify has no order ${orderId}`);
  return order;
}

/** One event per name, on both legs, once each, saying the same. */
function expectOnePurchase(orderId: string, pageViews: number): ReceivedEvent {
  const counted = scene.stack.meta.received();
  expect(counted.filter(({ merged }) => !merged)).toEqual([]);
  expect(counted.filter(({ differences }) => differences.length > 0)).toEqual([]);
  const names = FUNNEL.flatMap((name) => (name === "PageView" ? Array<string>(pageViews).fill(name) : [name]));
  expect(counted.map(({ eventName }) => eventName).sort()).toEqual([...names].sort());
  expect(counted.map(({ browserCopies, serverCopies }) => [browserCopies, serverCopies])).toEqual(
    counted.map(() => [1, 1]),
  );
  const purchase = counted.find(({ eventName }) => eventName === "Purchase");
  expect(purchase?.eventId).toBe(`purchase.${STORE}.${orderId}`);
  if (purchase === undefined) throw new Error("no purchase arrived");
  return purchase;
}

const userDataOf = ({ server }: ReceivedEvent) => server?.event["user_data"] as Readonly<Record<string, unknown>>;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Who bought reaches Meta as hashes only, with the browser that both legs speak of. */
async function expectPrivateIdentity(purchase: ReceivedEvent): Promise<void> {
  const userData = userDataOf(purchase);
  expect(userData["em"]).toEqual([sha256("ada@example.com")]);
  expect(userData["fbp"]).toMatch(/^fb\.2\.\d{13}\.\d+$/);
  expect(userData["fbp"]).toBe(purchase.browser?.fbp);
  expect(userData["fbc"]).toBe(purchase.browser?.fbc);
  expect(userData["fbc"]).toMatch(/\.IwAR0test_Click-Id$/);
  expect(userData["client_user_agent"]).toBe(await page.evaluate(() => navigator.userAgent));
  expect(JSON.stringify(purchase.server?.event)).not.toMatch(/@|\bada\b|sample lane|\bberlin\b|\b10115\b|4930901820/i);
  expect(JSON.stringify(purchase.browser?.parameters)).not.toMatch(
    /@|\bada\b|sample lane|\bberlin\b|\b10115\b|4930901820/i,
  );
}

const expectQuietConsole = (): void =>
  expect([...shopper.consoleErrors, ...shopper.failedRequests, ...scene.merchant.consoleErrors]).toEqual([]);

describe("one purchase is one event, from the browser and from the server", () => {
  test("when the theme embed reports the storefront: every step arrives on both legs, once, and says the same", async () => {
    await choose({ mode: "embed" });
    const orderId = await buy({ query: FROM_AN_AD, banner: "Accept", quantity: 2 });
    await bothLegs("Purchase");
    await bothLegs("AddPaymentInfo");

    // The embed runs on the shop's pages only, so checkout and thank-you page are not viewed twice.
    const purchase = expectOnePurchase(orderId, 1);
    await expectPrivateIdentity(purchase);
    expect([purchase.value, purchase.currency]).toEqual([37.8, "EUR"]);
    expectQuietConsole();
  });

  test("when the web pixel reports the storefront, without the embed: the same", async () => {
    await choose({ mode: "pixel" });
    const orderId = await buy({ query: FROM_AN_AD, banner: "Accept", quantity: 2 });
    await bothLegs("Purchase");
    await bothLegs("AddPaymentInfo");
    await bothLegs("PageView", 3);

    const purchase = expectOnePurchase(orderId, 3);
    await expectPrivateIdentity(purchase);
    expect([purchase.value, purchase.currency]).toEqual([37.8, "EUR"]);
    expectQuietConsole();
  });

  test("with a discount code and the shop's own two-towels discount: both legs know what was paid", async () => {
    await choose({ mode: "embed" });
    const orderId = await buy({
      query: WITHOUT_BANNER,
      product: "linen-tea-towel",
      quantity: 2,
      payment: { discountCode: "SAVE10" },
    });
    await bothLegs("Purchase");
    await bothLegs("AddPaymentInfo");

    const purchase = expectOnePurchase(orderId, 1);
    const order = orderOf(orderId);
    expect(order.priced.discounts.map(({ title }) => title).sort()).toEqual(["SAVE10", "Two towels"]);
    // Two towels of 12.95, a fifth off, then a tenth off the rest.
    expect(purchase.value).toBe(18.65);
    expect(purchase.value).toBe(order.priced.subtotal / 100);
    expect(purchase.browser?.customData["num_items"]).toBe(2);
  });

  test("in another currency than the shop's: both legs carry what the shopper paid in", async () => {
    await choose({ mode: "embed" });
    const orderId = await buy({ query: `country=US&${WITHOUT_BANNER}` });
    await bothLegs("Purchase");
    await bothLegs("AddPaymentInfo");

    const purchase = expectOnePurchase(orderId, 1);
    const order = orderOf(orderId);
    expect([purchase.value, purchase.currency]).toEqual([order.priced.subtotal / 100, "USD"]);
    expect(purchase.browser?.customData).toMatchObject({ value: purchase.value, currency: "USD" });
    expect(purchase.server?.event["custom_data"]).toMatchObject({ value: purchase.value, currency: "USD" });
  });

  test("when the thank-you page is opened again, nothing new is sent", async () => {
    await choose({ mode: "embed" });
    const orderId = await buy({ query: WITHOUT_BANNER });
    await bothLegs("Purchase");
    await bothLegs("AddPaymentInfo");

    await page.reload();
    await page.locator("[data-order-id]").waitFor();
    // Whatever the page would send leaves before the next page does, so the next page's event is the signal to look.
    await page.goto(shopUrl(STORE));
    await bothLegs("PageView", 2);
    expectOnePurchase(orderId, 2);
  });
});

describe("consent", () => {
  test("a shopper who declines leaves no trace at Meta, and the order is withheld by name", async () => {
    await choose({ mode: "embed", waitSeconds: 1 });
    await page.goto(`${MUG}?${FROM_AN_AD}`);
    await answerBanner(page, "Decline");
    await addToCart(page);
    await page.goto(shopUrl(STORE, "/cart"));
    await page.getByRole("button", { name: "Check out" }).click();
    const orderId = await pay(page);

    await ledgerSays(orderId, /Withheld\s+The visitor’s browser reported that marketing is not allowed/);
    expect(await ledgerLine(orderId)).toMatch(/Not seen/);
    expect(scene.stack.meta.received()).toEqual([]);
    expect(scene.stack.meta.malformed()).toEqual([]);
    expect(scene.stack.meta.requests()).toEqual([]);
    expect(
      requests.map((request) => new URL(request.url()).host).filter((host) => !host.endsWith("shopify.com")),
    ).toEqual([]);
    const cookies = (await shopper.context.cookies()).map(({ name }) => name);
    expect(cookies).toContain("_tracking_consent");
    expect(cookies.filter((name) => name.startsWith("_fb"))).toEqual([]);
    expectQuietConsole();
  });

  test("where no consent is required, nobody is asked and the visit is reported at once", async () => {
    await choose({ mode: "embed" });
    await page.goto(`${MUG}?${WITHOUT_BANNER}`);
    await bothLegs("PageView");
    await bothLegs("ViewContent");
    expect(await page.getByRole("dialog", { name: "Cookie consent" }).count()).toBe(0);
  });
});

test("a bank transfer counts when it is paid: no browser leg, and one server leg after the payment", async () => {
  await choose({ mode: "embed" });
  const orderId = await buy({ query: WITHOUT_BANNER, payment: { by: "Bank transfer" } });
  await bothLegs("AddPaymentInfo");
  // "Left out" is what the browser's receipt says, so the browser has nothing more to send.
  await ledgerSays(orderId, /Left out/);
  expect(await ledgerLine(orderId)).toMatch(/Waiting for payment/);
  expect(scenes.received("Purchase", scene)).toEqual([]);

  const order = orderOf(orderId);
  scene.stack.shopify.markPaid(order);
  await ledgerSays(orderId, /Delivered/);
  expect(scenes.received("Purchase", scene)).toEqual([
    expect.objectContaining({
      eventId: `purchase.${STORE}.${orderId}`,
      legs: ["server"],
      serverCopies: 1,
      browserCopies: 0,
    }),
  ]);
});
