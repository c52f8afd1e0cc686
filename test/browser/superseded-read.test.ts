import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, newShopper } from "../simulators/browser.ts";
import { appFrame, openApp, openAppPage } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "leaving";

let scene: ShopScene;
let proxy: Server;
let browser: Browser;
/** What of a page's data keeps the browser waiting; meanwhile no script of another page arrives either. */
let held: "nothing" | "its end" | "all of it" = "nothing";

/** The app behind a connection that stalls. */
const stallingProxy = (port: number): Server =>
  createServer((incoming, outgoing) => {
    const { method, url = "", headers } = incoming;
    const passed = request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      if (held !== "nothing" && url.startsWith("/assets/")) return;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      const isData = url.includes(".data");
      if (isData && held === "all of it") return;
      answer.pipe(outgoing, { end: !isData || held === "nothing" });
    });
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  proxy = stallingProxy(Number(new URL(scene.stack.app.url).port));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address is an object.
  const { port } = proxy.address() as AddressInfo;
  browser = await launchChromium({ hosts: { ...scene.stack.hosts, localhost: port } });
});
afterAll(async () => {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  await scene.close();
});

/** Clicks a page's link, and waits until the browser has read as much of its data as it gets. */
async function startReading(page: Page, title: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().includes(".data"));
  await page.locator("#app-nav").getByRole("link", { name: title }).click();
  await answered;
  await appFrame(page)
    .locator("body")
    .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

test.each(["its end", "all of it"] as const)(
  "a page that is left while its data, %s, is on its way leaves no error behind",
  async (part) => {
    const merchant = await newShopper(browser);
    const page = await merchant.context.newPage();
    await openApp(page, STORE);
    await openAppPage(page, "Settings");
    held = part;
    await startReading(page, "Events");
    await startReading(page, "Dry run");
    held = "nothing";
    await openAppPage(page, "Data requests");
    expect(merchant.consoleErrors).toEqual([]);
    await merchant.close();
  },
);
