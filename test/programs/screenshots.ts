import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { aDataFolder } from "../simulators/app-process.ts";
import { launchChromium, newShopper } from "../simulators/browser.ts";
import { adminUrl, appFrame, openApp } from "../simulators/merchant.ts";
import { startStack } from "../simulators/stack.ts";
import { setUpShop, STORE } from "./demo/merchant.ts";
import { type AdminPage, adminPages, FOLDER, pictureOf, type State, WIDTHS } from "./screenshots/admin-pages.ts";
import { fillShop } from "./screenshots/fill-shop.ts";

const HELP = `Usage: npm run screenshots [-- PAGE ...]

Writes every page of the admin to docs/screenshots as WebP, full, empty, loading and failed, 1280 and 390 pixels wide, from
simulated shops. With names of pages, such as events or settings-consent, only those.
`;

/** A shop that has the app and nothing else. */
const EMPTY_STORE = "tandem-us";
const HEIGHT = 1_100;
const QUALITY = 55;
/** Longer than transitions and late layout take. */
const STILL_MS = 400;
const NOBODY = "none";

const say = (line: string): void => void process.stderr.write(`screenshots: ${line}\n`);

async function main(names: readonly string[]): Promise<number> {
  if (names.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  const pages = adminPages().filter(({ name }) => names.length === 0 || names.includes(name));
  if (pages.length === 0) {
    process.stderr.write(
      `There is no such page. Pages: ${adminPages()
        .map(({ name }) => name)
        .join(", ")}.\n`,
    );
    return 2;
  }
  await mkdir(FOLDER, { recursive: true });
  const folder = await aDataFolder();
  const stack = await startStack({ dataDir: folder.path });
  const browser = await launchChromium({ hosts: stack.hosts });
  try {
    const admin = await (await newShopper(browser)).context.newPage();
    say("installing and filling the shops ...");
    await openApp(admin, EMPTY_STORE);
    await setUpShop(admin);
    await fillShop(stack, STORE);
    say("looking for what the pages link to ...");
    const links = await linksOf(admin, pages);
    for (const page of pages) {
      say(page.pattern);
      await pictures(admin, page, links);
    }
    return 0;
  } finally {
    await browser.close();
    await stack.close();
    await folder.remove();
  }
}

/** Where the pages of the filled shop lead. */
async function linksOf(admin: Page, pages: readonly AdminPage[]): Promise<ReadonlySet<string>> {
  const links = new Set<string>();
  if (!pages.some(({ pattern }) => pattern.includes(":"))) return links;
  for (const { pattern } of adminPages().filter((page) => !page.pattern.includes(":"))) {
    const frame = await open(admin, STORE, pattern);
    const found = await frame
      .locator("[href^='/app/']")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const href of found) links.add(href ?? "");
  }
  return links;
}

/** The page's address in the filled shop; a page of something that this shop does not have is shown as missing. */
function addressOf({ pattern }: AdminPage, links: ReadonlySet<string>): string {
  const like = new RegExp(`^${pattern.replaceAll(/:[^/]+/g, "[^/?]+")}$`);
  return [...links].find((link) => like.test(link)) ?? addressOfNone(pattern);
}

const addressOfNone = (pattern: string): string => pattern.replaceAll(/:[^/]+/g, NOBODY);

async function pictures(admin: Page, page: AdminPage, links: ReadonlySet<string>): Promise<void> {
  const address = addressOf(page, links);
  await open(admin, STORE, address);
  await shoot(admin, page, "full");
  await open(admin, EMPTY_STORE, addressOfNone(page.pattern));
  await shoot(admin, page, "empty");
  // From another page, as only then there is something to wait for.
  const from = page.pattern === "/app" ? "/app/access" : "/app";
  for (const state of ["loading", "error"] as const) {
    await open(admin, STORE, from);
    const data = /\.data(?:\?|$)/;
    await admin.route(data, (route) =>
      state === "error" ? route.fulfill({ status: 500, contentType: "text/plain", body: "" }) : undefined,
    );
    await follow(appFrame(admin), address);
    if (state === "error") {
      await appFrame(admin).getByText("Something failed on our side").waitFor();
    }
    await shoot(admin, page, state);
    await admin.unroute(data);
  }
}

async function open(admin: Page, store: string, address: string): Promise<FrameLocator> {
  await admin.goto(adminUrl(store, address));
  const frame = appFrame(admin);
  await frame.getByRole("heading", { level: 1 }).first().waitFor();
  // The page's scripts start after its heading is there; the network of a live page never rests.
  await admin.waitForTimeout(STILL_MS);
  return frame;
}

/** As App Bridge reports a press of a link. */
const follow = (frame: FrameLocator, address: string): Promise<void> =>
  frame.locator("body").evaluate((body, href) => {
    const link = document.createElement("a");
    link.setAttribute("href", href);
    body.append(link);
    link.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
    link.remove();
  }, address);

async function shoot(admin: Page, page: AdminPage, state: State): Promise<void> {
  const session = await admin.context().newCDPSession(admin);
  for (const width of WIDTHS) {
    await admin.setViewportSize({ width, height: HEIGHT });
    await admin.waitForTimeout(STILL_MS);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    await writeFile(path.join(FOLDER, pictureOf(page, state, width)), Buffer.from(data, "base64"));
  }
  await session.detach();
}

process.exitCode = await main(process.argv.slice(2));
