import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../simulators/browser.ts";
import { type SimulatorServer, startHttpsServer } from "../simulators/https-server.ts";
import { addToCart, answerPrivacy } from "../simulators/shopper.ts";
import { shopUrl } from "./shop-scene.ts";
import { MUG, openStorefront, STORE, type Visitor } from "./storefront-scene.ts";

// Shopify's file host, which gives the embed's second file only when the test says so.
const ASSETS = new URL("../../extensions/tandem-theme-embed/assets/", import.meta.url);

let shop: Awaited<ReturnType<typeof openStorefront>>;
let files: SimulatorServer;
let browser: Browser;
let visitor: Visitor;
const held: (() => void)[] = [];
const letGo = (): void => held.splice(0).forEach((answer) => answer());

beforeAll(async () => {
  shop = await openStorefront();
  files = await startHttpsServer({
    listener: (request, response) => {
      const file = basename(String(request.url).split("?")[0] ?? "");
      const answer = (): void => {
        response.writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" });
        response.end(readFileSync(new URL(file, ASSETS)));
      };
      if (file === "tandem-report.js") held.push(answer);
      else answer();
    },
  });
  browser = await launchChromium({ hosts: { ...shop.scene.stack.hosts, "cdn.shopify.com": files.port } });
});
afterAll(async () => {
  await browser.close();
  await files.close();
  await shop.scene.close();
});
afterEach(async () => {
  letGo();
  await visitor.close();
});

/** A product's page whose visitor agreed, and whose embed waits for its second file. */
async function comeAndWait(): Promise<void> {
  visitor = await shop.visitor({ browser });
  await visitor.page.goto(shopUrl(STORE, MUG), { waitUntil: "domcontentloaded" });
  await visitor.page.waitForFunction(() => document.cookie.includes("_fbp="));
}

describe.each(["embed", "lite"] as const)(
  "additions to the cart while the second file is on its way, in %s mode",
  (mode) => {
    beforeAll(() => shop.setMode(mode));

    test("arrive after it has loaded, each once and after the page itself", async () => {
      await comeAndWait();
      await addToCart(visitor.page, 2);
      expect(visitor.received()).toEqual([]);

      letGo();
      await visitor.arrived("PageView");
      await visitor.arrived("ViewContent");
      await visitor.arrived("AddToCart");
      expect(visitor.received("AddToCart")[0]?.value).toBe(37.8);
      await visitor.expectPairsOnly();
    });

    test("are dropped if the visitor withdraws consent meanwhile", async () => {
      await comeAndWait();
      await addToCart(visitor.page, 1);
      await answerPrivacy(visitor.page, { marketing: false });
      letGo();
      await answerPrivacy(visitor.page, { marketing: true });
      await visitor.arrived("PageView");
      await visitor.arrived("ViewContent");

      await visitor.expectPairsOnly();
      expect(visitor.received("AddToCart")).toEqual([]);
    });
  },
);
