import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, newShopper } from "../simulators/browser.ts";
import { aDeployedApp, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

// The simulated host of admin UI extensions gives an extension what its target has, and fails loudly for the rest.

const FOLDER = mkdtempSync(join(tmpdir(), "extension-host-"));
const BUNDLE = join(FOLDER, "extension.js");
const TARGET = "admin.order-details.block.render";
const VARIANT = "4581920037713";

const STORE = "tandem-demo";

let simulator: ShopifySimulator;
let browser: Browser;
let order: string;

beforeAll(async () => {
  writeFileSync(BUNDLE, "");
  simulator = await startSampleShopify({
    deployed: { ...aDeployedApp(), orderBlock: { folder: "extensions/order-block", bundle: BUNDLE } },
  });
  simulator.install(STORE);
  simulator.faults.drop = Number.MAX_SAFE_INTEGER;
  order = simulator.placeOrder(STORE, { lines: [{ variantId: VARIANT, quantity: 1 }] }).id;
  const hosts = ["admin.shopify.com", "cdn.shopify.com", "extensions.shopifycdn.com"];
  browser = await launchChromium({ hosts: Object.fromEntries(hosts.map((host) => [host, simulator.port])) });
});
afterAll(async () => {
  await browser.close();
  await simulator.close();
  rmSync(FOLDER, { recursive: true });
});

/** What goes wrong on the order's page with an extension of this text. */
async function errorsOf(body: string, target = TARGET): Promise<string> {
  const merchant = await newShopper(browser);
  await merchant.context.route("https://extensions.shopifycdn.com/extension.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `shopify.extend("${target}", async () => { ${body} });`,
    }),
  );
  const page = await merchant.context.newPage();
  await page.goto(`https://admin.shopify.com/store/${STORE}/orders/${order}`);
  await expect.poll(() => merchant.consoleErrors.length).toBeGreaterThan(0);
  await merchant.close();
  return merchant.consoleErrors.join("\n");
}

test.each([
  [
    "an element of an app's own pages",
    `document.body.append(document.createElement("s-page"));`,
    /not allowed: s-page/,
  ],
  ["an element of HTML", `document.body.append(document.createElement("div"));`, /not allowed: div/],
  [
    "an attribute that the element lacks",
    `document.createElement("s-badge").setAttribute("colour", "red");`,
    /no attribute colour/,
  ],
  ["what the target's API lacks", `shopify.toast.show("hello");`, /shopify\.toast is not in the API/],
  ["a text that no locale has", `shopify.i18n.translate("nothing");`, /no text nothing/],
])("%s is an error of the page", async (_what, body, problem) => {
  expect(await errorsOf(body)).toMatch(problem);
});

test("so is another target than the page's", async () => {
  expect(await errorsOf("", "admin.product-details.block.render")).toMatch(/has no target admin\.product/);
});
