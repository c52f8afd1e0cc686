import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium, newShopper, type Shopper } from "../simulators/browser.ts";
import { type SimulatorServer, startHttpsServer } from "../simulators/https-server.ts";
import { type MetaSimulator, META_HOSTS, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";

let meta: MetaSimulator;
let shop: SimulatorServer;
let browser: Browser;
let shopper: Shopper;
let page: Page;
let script = "";

// The queue that a page keeps until fbevents.js is there.
const loader = `
  const fbq = (...args) => (fbq.callMethod ? fbq.callMethod(...args) : fbq.queue.push(args));
  fbq.queue = [];
  window.fbq = fbq;
  const tag = document.createElement("script");
  tag.src = "https://connect.facebook.net/en_US/fbevents.js";
  document.head.append(tag);`;

beforeAll(async () => {
  meta = await startMetaSimulator();
  shop = await startHttpsServer({
    listener: (_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script>${loader}${script}</script>`,
      );
    },
  });
  const hosts = Object.fromEntries(META_HOSTS.map((host) => [host, meta.port]));
  browser = await launchChromium({ hosts: { ...hosts, "*.myshopify.com": shop.port } });
});
beforeEach(async () => {
  shopper = await newShopper(browser);
  page = await shopper.context.newPage();
});
afterEach(async () => {
  meta.reset();
  await shopper.close();
});
afterAll(async () => {
  await browser.close();
  await Promise.all([shop.close(), meta.close()]);
});

async function open(code: string, path = "/"): Promise<void> {
  script = code;
  await page.goto(`https://example.myshopify.com${path}`);
}

const ids = (): (string | null)[] => meta.received().map((event) => event.eventId);
const arrived = async (...expected: (string | null)[]): Promise<void> => expect.poll(ids).toEqual(expected);

test("an event arrives with its ID, its data, and cookies in Meta's format", async () => {
  await open(
    `fbq("init", "123");
     fbq("trackSingle", "123", "ViewContent", { value: 12.3, currency: "EUR", contents: [{ id: "41", quantity: 1 }] }, { eventID: "v1" });`,
    "/products/cup?fbclid=IwAR0.x-Y%2Fz",
  );
  await arrived("v1");
  const hit = meta.received()[0]?.browser;
  expect(hit).toMatchObject({
    eventName: "ViewContent",
    customData: { value: 12.3, currency: "EUR", contents: [{ id: "41", quantity: 1 }] },
    url: "https://example.myshopify.com/products/cup?fbclid=IwAR0.x-Y%2Fz",
    dataProcessingOptions: null,
    transport: "GET",
  });
  // myshopify.com is a public suffix, so the cookie sits on the shop's own name, which has two dots.
  expect(hit?.fbp).toMatch(/^fb\.2\.\d{13}\.\d+$/);
  expect(hit?.fbc).toMatch(/^fb\.2\.\d{13}\.IwAR0__DOT__x-Y%2Fz$/);
  const cookies = (await shopper.context.cookies()).map(({ name, value, domain }) => `${name}=${value} ${domain}`);
  expect(cookies.sort()).toEqual([
    `_fbc=${hit?.fbc} .example.myshopify.com`,
    `_fbp=${hit?.fbp} .example.myshopify.com`,
  ]);
});

test("an ID in the third argument is not an event ID", async () => {
  await open(`fbq("init", "123"); fbq("track", "AddToCart", { eventID: "wrong" });`);
  await arrived(null);
  expect(meta.received()[0]?.browser?.customData).toEqual({ eventID: "wrong" });
});

test("revoked consent queues everything until it is granted", async () => {
  await open(`fbq("consent", "revoke"); fbq("init", "123"); fbq("track", "Search", {}, { eventID: "s1" });`);
  // Once fbevents.js has taken the queue over, whatever it meant to send would have been asked for.
  await page.waitForFunction("window.fbq.callMethod");
  expect(await page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")).toEqual([
    "https://connect.facebook.net/en_US/fbevents.js",
  ]);
  await page.evaluate(`fbq("consent", "grant")`);
  await arrived("s1");
});

test("limited data use and advanced matching are sent as configured, with the email hashed", async () => {
  await open(`fbq("dataProcessingOptions", ["LDU"], 0, 0); fbq("init", "123", { em: " Jane@Example.com" });
    fbq("trackCustom", "ViewCategory", {}, { eventID: "c1" });`);
  await arrived("c1");
  expect(meta.received()[0]?.browser).toMatchObject({
    dataProcessingOptions: "LDU",
    userData: { em: "8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d" },
  });
});

test("a hit that is too long for a query is posted", async () => {
  await open(`fbq("init", "123");
    fbq("track", "Purchase", { contents: Array.from({ length: 60 }, (_, index) => ({ id: "item-" + index, quantity: 1 })) }, { eventID: "p1" });`);
  await arrived("p1");
  expect(meta.received()[0]?.browser).toMatchObject({ transport: "POST", customData: { contents: { length: 60 } } });
});

test("a page sends one PageView; a changed URL sends another, whatever is switched off later", async () => {
  await open(`fbq("init", "123");
    fbq("track", "PageView", {}, { eventID: "one" }); fbq("track", "PageView", {}, { eventID: "swallowed" });`);
  await arrived("one");
  await page.evaluate(`fbq.disablePushState = true; history.pushState({}, "", "/next")`);
  await arrived("one", null);
});

test("a changed URL sends no PageView if that was switched off before the first event", async () => {
  await open(`fbq.disablePushState = true; fbq("init", "123"); fbq("track", "PageView", {}, { eventID: "one" });`);
  await arrived("one");
  await page.evaluate(`history.pushState({}, "", "/next"); fbq("track", "Lead", {}, { eventID: "last" })`);
  await arrived("one", "last");
});

test("revoked consent only delays the PageView of a page's return: once granted, it is sent without an ID", async () => {
  await open(`fbq("init", "123"); fbq("trackSingle", "123", "PageView", {}, { eventID: "one" });`);
  await arrived("one");
  await page.evaluate(
    `fbq("consent", "revoke"); dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
     fbq("trackSingle", "123", "Lead", {}, { eventID: "last" }); fbq("consent", "grant");`,
  );
  await arrived("one", null, "last");
});

test("a pixel that Meta has blocked sends nothing; another one on the same page does", async () => {
  meta.blockPixel("444");
  await open(`fbq("init", "444"); fbq("init", "123"); fbq("track", "Lead", {}, { eventID: "l1" });`);
  await arrived("l1");
  expect(meta.received().map((event) => event.metaPixelId)).toEqual(["123"]);
});
