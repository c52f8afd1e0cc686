import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import { launchChromium } from "../simulators/browser.ts";
import { openApp } from "../simulators/merchant.ts";
import { addToCart, pay } from "../simulators/shopper.ts";
import { PIXEL } from "../simulators/stack.ts";
import { lateCookies, MODES, MUG, openStorefront, STORE, type Visitor, type VisitorWish } from "./storefront-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()));
afterAll(() => shop.scene.close());
afterEach(() => visitor.close());

const come = async (wish: VisitorWish = {}): Promise<void> => void (visitor = await shop.visitor(wish));

/** Which legs of each event came. */
const legs = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(visitor.received().map((event) => [event.eventName, event.legs]));

/** Waits until the page's own event came: by then the visitor's answer is known, without which an addition is dropped. */
const heard = (seen: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(legs()).toMatchObject({ ViewContent: seen }), PATIENCE_MS);

/** Buys from where no consent is asked for, so that the order alone may be reported where the browser is not heard. */
async function buyMug(seen: readonly string[]): Promise<string> {
  await visitor.visit(`${MUG}?country=US`);
  if (seen.length > 0) await heard(seen);
  await addToCart(visitor.page);
  await visitor.visit("/checkout");
  return pay(visitor.page);
}

const STEPS = ["PageView", "ViewContent", "AddToCart", "InitiateCheckout", "AddPaymentInfo"];
/** Every event with these legs, the Purchase with its own. */
const everyEvent = (seen: readonly string[], purchase = seen) => ({
  ...(seen.length > 0 && Object.fromEntries(STEPS.map((name) => [name, seen]))),
  Purchase: purchase,
});

const COLLECTOR = "localhost";
const TR = "www.facebook.com";
const BOTH = ["browser", "server"];

describe("hosts that the visitor's browser cannot reach", () => {
  const browsers = new Map<string, Browser>();
  afterAll(() => Promise.all([...browsers.values()].map((browser) => browser.close())));

  /** A visitor whom a blocker keeps from these hosts: nobody answers there. */
  async function comeWithout(hosts: readonly string[]): Promise<void> {
    const dead = await freePort();
    const mapped = { ...shop.scene.stack.hosts, ...Object.fromEntries(hosts.map((host) => [host, dead])) };
    const browser = browsers.get(hosts.join()) ?? (await launchChromium({ hosts: mapped }));
    browsers.set(hosts.join(), browser);
    await come({ browser, unreachable: hosts });
  }

  // The server leg of a Purchase is the order's webhook, which needs no browser.
  test.each(
    MODES.flatMap((mode) => [
      { mode, blocked: "the collector", hosts: [COLLECTOR], seen: ["browser"], bought: BOTH },
      { mode, blocked: "Meta", hosts: [TR], seen: ["server"], bought: ["server"] },
      { mode, blocked: "both", hosts: [COLLECTOR, TR], seen: [], bought: ["server"] },
    ]),
  )("$mode mode without $blocked: what is left arrives, and the shop hears of nothing", async (given) => {
    await shop.setMode(given.mode, given.hosts.includes(COLLECTOR) ? { contextWaitSeconds: 1 } : {});
    await comeWithout(given.hosts);
    await buyMug(given.seen);

    await vi.waitFor(() => expect(legs()).toEqual(everyEvent(given.seen, given.bought)), PATIENCE_MS);
  });

  test("without Meta's script the server leg arrives", async () => {
    await shop.setMode("embed");
    await comeWithout(["connect.facebook.net"]);
    await visitor.visit(MUG);
    await heard(["server"]);
    await addToCart(visitor.page);

    await vi.waitFor(
      () => expect(legs()).toEqual({ PageView: ["server"], ViewContent: ["server"], AddToCart: ["server"] }),
      PATIENCE_MS,
    );
  });
});

describe("a pixel whose configuration", () => {
  const meta = () => shop.scene.stack.meta;
  beforeAll(() => shop.setMode("embed"));
  afterEach(() => meta().reset());

  test.each([
    ["forbids sending", () => meta().blockPixel(PIXEL.metaPixelId)],
    ["is answered with an error", () => meta().breakConfig(PIXEL.metaPixelId)],
  ])("%s: the server leg arrives", async (_problem, happen) => {
    happen();
    await come({ unreachable: ["connect.facebook.net"] });
    await visitor.visit(MUG);
    await heard(["server"]);
    await addToCart(visitor.page);

    await vi.waitFor(
      () => expect(legs()).toEqual({ PageView: ["server"], ViewContent: ["server"], AddToCart: ["server"] }),
      PATIENCE_MS,
    );
  });
});

describe("a browser without storage", () => {
  test.each(MODES)("of the shop's storage: in %s mode everything arrives, and nothing throws", async (mode) => {
    await shop.setMode(mode);
    await come({
      prepare: (context) =>
        context.addInitScript(() => {
          for (const name of ["localStorage", "sessionStorage"]) {
            const get = () => {
              throw new DOMException(`${name} is blocked`, "SecurityError");
            };
            Object.defineProperty(window, name, { get });
          }
        }),
    });
    await buyMug(BOTH);

    await vi.waitFor(() => expect(legs()).toEqual(everyEvent(BOTH)), PATIENCE_MS);
    await visitor.expectPairsOnly();
  });

  test("of third parties: Meta gets no cookie of its own, and both legs agree", async () => {
    await shop.setMode("embed");
    const metasOwn = { name: "fr", value: "0abc", domain: ".facebook.com", path: "/", secure: true };
    await come({ prepare: (context) => context.addCookies([{ ...metasOwn, sameSite: "None" }]) });
    const devtools = await visitor.shopper.context.newCDPSession(visitor.page);
    await devtools.send("Network.enable");
    await devtools.send("Network.setCookieControls", { enableThirdPartyCookieRestriction: true });
    const hits: Promise<Record<string, string>>[] = [];
    visitor.page.on("request", (request) => {
      if (request.url().startsWith(`https://${TR}/tr`)) hits.push(request.allHeaders());
    });
    await visitor.visit(MUG);
    await visitor.arrived("PageView");
    await visitor.arrived("ViewContent");

    const cookies = (await Promise.all(hits)).map((headers) => headers["cookie"]);
    expect(cookies).toEqual([undefined, undefined]);
    await visitor.expectPairsOnly();
  });
});

test("a web pixel that reads the cookies before the embed has created them replaces none", async () => {
  await shop.setMode("embed");
  await come({ prepare: (context) => context.addInitScript(lateCookies) });
  await visitor.visit(MUG);
  await visitor.arrived("ViewContent");
  await visitor.page.waitForFunction(() => performance.now() > 2000);
  await addToCart(visitor.page);
  await visitor.arrived("AddToCart");

  await visitor.expectPairsOnly();
  expect(new Set(visitor.received().map(({ browser }) => browser?.fbp)).size).toBe(1);
});

describe("the page of an order", () => {
  beforeEach(come);

  const orderPage = (id: string): string => {
    const order = shop.scene.stack.shopify.orders.find((known) => known.id === id);
    return `/account/orders/${order?.token ?? ""}`;
  };

  test("sends the browser leg of an order that the thank-you page did not report, once", async () => {
    // The server leg waits in vain for a receipt of the thank-you page.
    await shop.setMode("lite", { contextWaitSeconds: 1 });
    const order = shop.scene.stack.shopify.placeOrder(STORE, {
      lines: [
        { variantId: "4581920037721", quantity: 3 },
        { variantId: "4581920037713", quantity: 1 },
      ],
      discountCode: "SAVE10",
      financialStatus: "paid",
      checkoutToken: "c0ffee00c0ffee00c0ffee00c0ffee01",
      attributes: { __tandem_consent: JSON.stringify({ marketing: true, saleOfData: true, at: Date.now() }) },
    });
    await visitor.visit(orderPage(order.id));
    await visitor.arrived("Purchase");
    await visitor.visit(orderPage(order.id));
    await visitor.arrived("PageView", 2);

    expect(visitor.received("Purchase")).toMatchObject([
      { eventId: `purchase.${STORE}.${order.id}`, browserCopies: 1, serverCopies: 1, differences: [] },
    ]);
    expect(visitor.received("Purchase")[0]?.browser?.url).not.toContain(order.token);
  });

  test("sends nothing for an order that the thank-you page has reported, and nothing for an unpaid one", async () => {
    await shop.setMode("lite");
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    await addToCart(visitor.page);
    await visitor.visit("/checkout");
    await visitor.arrived("InitiateCheckout");
    const id = await pay(visitor.page);
    await visitor.arrived("Purchase");
    await visitor.page.reload();
    await visitor.visit(orderPage(id));
    await visitor.arrived("PageView", 2);
    const unpaid = shop.scene.stack.shopify.placeOrder(STORE, {
      lines: [{ variantId: "4581920037713", quantity: 1 }],
      payment: "bank-transfer",
      financialStatus: "pending",
    });
    await visitor.visit(orderPage(unpaid.id));
    await visitor.visit("/");
    await visitor.arrived("PageView", 4);

    expect(visitor.received("Purchase")).toMatchObject([{ browserCopies: 1, serverCopies: 1 }]);
  });
});

test("another sender to the same pixel is detected and named on the merchant's Home page", async () => {
  await shop.setMode("lite");
  await come();
  await visitor.page.clock.install();
  await visitor.page.addInitScript((metaPixelId) => {
    document.addEventListener("DOMContentLoaded", () => {
      const snippet = document.createElement("script");
      snippet.textContent = `window.fbq = window.fbq || function () {}; fbq('init', '${metaPixelId}');`;
      document.head.append(snippet);
    });
  }, PIXEL.metaPixelId);
  await visitor.visit(MUG);
  await visitor.arrived("ViewContent");
  const sendersPost = visitor.page.waitForResponse((response) =>
    (response.request().postData() ?? "").includes('"senders"'),
  );
  // The embed looks for others when they have had time to start.
  await visitor.page.clock.fastForward(6_000);
  await sendersPost;

  const isNamed = async (): Promise<boolean> =>
    (await openApp(shop.scene.admin, STORE)).getByText(/snippet is in your theme/).isVisible();
  await expect.poll(isNamed).toBe(true);
});
