import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUrl, appFrame, openApp } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "leads";
const ROWS = 6_000;
// The page sends a part again by itself before it asks.
const TRIES = 3;
const ROUTE = "**/app/lead-rows*";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
});
afterAll(() => scene.close());

/** More than three parts of 128 kB, with rows that each have an ID of their own. */
function aFile() {
  const at = new Date().toISOString();
  const rows = Array.from({ length: ROWS }, (_, n) => `deal-of-nobody-${n},qualified,${at},row-${n}`);
  const buffer = Buffer.from(["external_id,stage,at,id", ...rows].join("\r\n"));
  expect(buffer.length).toBeGreaterThan(3 * 128_000);
  return { name: "nobody.csv", mimeType: "text/csv", buffer };
}

test(
  "an import whose answer is lost goes on from there when the merchant says so, and no row counts twice",
  async () => {
    await admin.goto(adminUrl(STORE, "/app/leads/setup"));
    const card = frame.getByRole("region", { name: "Import a CSV file" });
    await card.getByLabel("CSV file", { exact: true }).setInputFiles(aFile());
    await card.getByText(/^deal-of-nobody-0 · qualified/).waitFor();
    await card.getByRole("button", { name: "Preview" }).click();
    await card
      .getByText(/by: Reference/)
      .first()
      .waitFor();

    let posts = 0;
    await admin.route(ROUTE, async (route) => {
      posts += 1;
      if (posts < 2 || posts >= 2 + TRIES) return route.continue();
      // The second part arrives each time, and its answer never does.
      await route.fetch();
      return route.abort("connectionreset");
    });
    await card.getByRole("button", { name: "Import" }).click();
    await card.getByText("No answer came, so the connection may be broken.").waitFor();
    await card.getByRole("button", { name: "Go on" }).click();
    await card.getByText("The import is done").waitFor();
    await card.getByText("Unknown lead: 6,000").waitFor();
    expect(posts).toBeGreaterThan(3 + TRIES);
    await admin.unroute(ROUTE);

    // The browser notes the answers that it lost, and nothing else.
    const errors = scene.merchant.consoleErrors.splice(0);
    expect(errors.filter((error) => !/ERR_CONNECTION_RESET/.test(error))).toEqual([]);
    expect(errors).toHaveLength(TRIES);
  },
  3 * PATIENCE_MS,
);

test("a file that is chosen before the page's scripts have come is read once they have", async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const scripts = "**/assets/*.js";
  await admin.route(scripts, (route) => released.then(() => route.continue()));
  await admin.goto(adminUrl(STORE, "/app/leads/setup"), { waitUntil: "commit" });
  const card = frame.getByRole("region", { name: "Import a CSV file" });
  await card.getByLabel("CSV file", { exact: true }).setInputFiles(aFile());
  release();
  await card.getByText(/^deal-of-nobody-0 · qualified/).waitFor();
  await admin.unroute(scripts);
  expect(scene.merchant.consoleErrors.splice(0)).toEqual([]);
});
