import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { aDataFolder } from "../simulators/app-process.ts";
import { launchChromium, newShopper } from "../simulators/browser.ts";
import { adminUrl, appFrame, openApp } from "../simulators/merchant.ts";
import { aClock } from "../simulators/simulated-clock.ts";
import { startStack } from "../simulators/stack.ts";
import { setUpShop, STORE } from "./demo/merchant.ts";
import {
  type AdminPage,
  adminPages,
  EVENTS_MANAGER,
  FOLDER,
  IN_README,
  isHeadingOf,
  pictureOf,
  type State,
  topOf,
  WIDTHS,
} from "./screenshots/admin-pages.ts";
import { aLifeIn, METRICS_TOKEN } from "./screenshots/life.ts";
import { purchaseIdOf } from "./screenshots/visitors.ts";
import { DAY_MS, DAYS_AGO, liveAWeek, liveThisMorning, tryTestOrders } from "./screenshots/week.ts";

const HELP = `Usage: npm run screenshots [-- PAGE ...]

Writes every page of the admin to docs/screenshots as WebP, full, empty, loading and failed, 1280 and 390 pixels wide, from
simulated shops. With names of pages, such as events or settings-consent, only those.
`;

/** A shop that has the app and nothing else. */
const EMPTY_STORE = "tandem-us";
/** The least and the most of a page that a picture shows. */
const HEIGHTS = { least: 700, most: 6_000 };
const TOP = { width: 1280, height: 860 };
const QUALITY = 55;
/** Longer than transitions and late layout take. */
const STILL_MS = 400;
const BACKGROUND_MS = 180_000;
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
  const clock = aClock(folder.path, DAYS_AGO * DAY_MS);
  const stack = await startStack({
    dataDir: folder.path,
    clock,
    env: { TRUST_PROXY: "1", TANDEM_METRICS_TOKEN: METRICS_TOKEN },
  });
  const browser = await launchChromium({ hosts: stack.hosts });
  try {
    const admin = await (await newShopper(browser)).context.newPage();
    say("a merchant installs the app, and a week passes ...");
    await setUpShop(admin);
    const life = aLifeIn(STORE, { stack, clock, dataDir: folder.path });
    await liveAWeek(life);
    const sent = await liveThisMorning(life);
    await openApp(admin, EMPTY_STORE);
    say("waiting for what the app does each minute ...");
    await backgroundWorkDone(admin);
    say("looking for what the pages link to ...");
    const links = new Set([`/app/orders/${sent.id}`, `/app/events/Purchase/${purchaseIdOf(sent)}`]);
    for (const link of await linksOf(admin, pages)) links.add(link);
    for (const page of pages) {
      say(page.pattern);
      if (page.name === "test") await tryTestOrders(life);
      await pictures(admin, page, links);
    }
    await admin.setViewportSize(TOP);
    await admin.goto(stack.meta.httpUrl);
    await picture(admin, EVENTS_MANAGER);
    return 0;
  } finally {
    await browser.close();
    await stack.close();
    await folder.remove();
  }
}

/** Home says so once the orders were compared and a file of data was made, within the first minutes of the app. */
async function backgroundWorkDone(admin: Page): Promise<void> {
  const until = Date.now() + BACKGROUND_MS;
  while (Date.now() < until) {
    const frame = await open(admin, STORE, "/app");
    const isCompared = await frame.getByText(/is accounted for/).isVisible();
    if (isCompared && (await frame.locator("[data-need=data-requests]").isVisible())) return;
  }
  throw new Error("the orders were not compared with Shopify's, or no file of data was made");
}

/** Where the pages of the filled shop lead. */
async function linksOf(admin: Page, pages: readonly AdminPage[]): Promise<ReadonlySet<string>> {
  const links = new Set<string>();
  if (!pages.some(({ pattern }) => pattern.includes(":"))) return links;
  const lists = adminPages().map(({ pattern }) => pattern);
  for (const list of ["/app/leads?stage=won", ...lists.filter((pattern) => !pattern.includes(":"))]) {
    const frame = await open(admin, STORE, list);
    const found = await frame
      .locator("[href^='/app/']")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const href of found) links.add(href ?? "");
  }
  return links;
}

/** The page's address in the filled shop; a page of something that this shop does not have is shown as missing. */
function addressOf({ pattern }: AdminPage, links: ReadonlySet<string>): string {
  const like = new RegExp(`^${pattern.replaceAll(/:[^/]+/g, "[^/?#]+")}$`);
  const others = adminPages().map((page) => page.pattern);
  return [...links].find((link) => like.test(link) && !others.includes(link)) ?? addressOfNone(pattern);
}

const addressOfNone = (pattern: string): string => pattern.replaceAll(/:[^/]+/g, NOBODY);

async function pictures(admin: Page, page: AdminPage, links: ReadonlySet<string>): Promise<void> {
  const address = addressOf(page, links);
  await expectPage(await open(admin, STORE, address), page, "full");
  await shoot(admin, page, "full");
  if ((IN_README as readonly string[]).includes(page.name)) {
    await admin.setViewportSize(TOP);
    await picture(admin, topOf(page.name));
  }
  await expectPage(await open(admin, EMPTY_STORE, addressOfNone(page.pattern)), page, "empty");
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
    // The pages of the settings are one until it is known which.
    const [coming = ""] = page.title.split(":");
    const heading = state === "error" ? "This page could not be loaded" : coming;
    await appFrame(admin).getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
    await shoot(admin, page, state);
    await admin.unroute(data);
  }
}

/** A picture of another page under this one's name says nothing that anybody would notice. */
async function expectPage(frame: FrameLocator, page: AdminPage, state: "full" | "empty"): Promise<void> {
  const title = await frame.locator("html").evaluate((html) => html.ownerDocument.title);
  const heading = await frame.getByRole("heading", { level: 1 }).first().innerText();
  if (title === `${page.title} · Tandem` && (state === "empty" || isHeadingOf(page, heading))) return;
  throw new Error(`${page.pattern}, ${state}, shows the page “${title}” with the heading “${heading}”`);
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
  for (const width of WIDTHS) {
    await admin.setViewportSize({ width, height: HEIGHTS.least });
    await admin.waitForTimeout(STILL_MS);
    const height = Math.min(HEIGHTS.most, await wholeHeight(admin));
    await admin.setViewportSize({ width, height });
    await picture(admin, pictureOf(page, state, width));
  }
}

/** Of what the window shows. */
async function picture(admin: Page, name: string): Promise<void> {
  await admin.waitForTimeout(STILL_MS);
  const session = await admin.context().newCDPSession(admin);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await session.detach();
  await writeFile(path.join(FOLDER, name), Buffer.from(data, "base64"));
}

/** So high that the app's page needs no scrolling in the admin's frame. */
async function wholeHeight(admin: Page): Promise<number> {
  const hidden = await appFrame(admin)
    .locator("html")
    .evaluate((page) => page.scrollHeight - page.clientHeight);
  return HEIGHTS.least + hidden;
}

process.exitCode = await main(process.argv.slice(2));
