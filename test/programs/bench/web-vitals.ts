import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { chromiumPath, hostResolverRules, newShopper } from "../../simulators/browser.ts";
import { adminUrl } from "../../simulators/merchant.ts";
import type { Stack } from "../../simulators/stack.ts";

const SLOWER = 4;
/** Longer than a page needs to paint all that it has and to start its scripts. */
const SETTLED_MS = 1_500;

export const VITALS = ["lcp_ms", "cls", "inp_ms"] as const;
export type Vitals = Readonly<Record<(typeof VITALS)[number], number>>;

/** A page of the admin, and what a merchant does on it. */
export type VisitedPage = {
  readonly name: string;
  readonly path: string;
  readonly interact: (frame: Frame, page: Page) => Promise<void>;
};

/**
 * A browser whose frames share their page's process, so that one throttle slows the app and the admin around it together.
 * Only the simulated hosts are known to it.
 */
export async function openSlowBrowser({ hosts }: Pick<Stack, "hosts">): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-site-isolation-trials",
      "--disable-features=IsolateOrigins,site-per-process",
      "--ignore-certificate-errors",
      `--host-resolver-rules=${hostResolverRules(hosts)}`,
    ],
  });
}

/**
 * What the app's frame measures of itself, on a processor four times slower and with an empty cache: largest contentful
 * paint, the sum of all layout shifts that no input explains, and the slowest interaction. Those are the three that App
 * Bridge reports to Shopify, whose cumulative shift is at most this sum.
 */
export async function webVitals(browser: Browser, store: string, visited: VisitedPage): Promise<Vitals> {
  const merchant = await newShopper(browser);
  try {
    const page = await merchant.context.newPage();
    const session = await merchant.context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(observe);
    await page.goto(adminUrl(store, visited.path));
    const frame = await appFrameOf(page);
    await frame.waitForLoadState("networkidle");
    await page.waitForTimeout(SETTLED_MS);
    await visited.interact(frame, page);
    await page.waitForTimeout(SETTLED_MS);
    const seen = await frame.evaluate(() => (globalThis as unknown as Watching).seenVitals);
    if (seen === undefined || seen.lcp_ms === 0) throw new Error(`${visited.name}: the app's frame painted nothing`);
    return seen;
  } finally {
    await merchant.close();
  }
}

async function appFrameOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("#app-iframe", { state: "attached" });
  const frame = await element.contentFrame();
  if (!frame) throw new Error("the admin shows no app");
  await frame.locator("h1, s-page").first().waitFor({ state: "attached" });
  return frame;
}

type Watching = { seenVitals?: { lcp_ms: number; cls: number; inp_ms: number } };

/** Runs in every frame, before its own scripts. */
function observe(): void {
  const seen = { lcp_ms: 0, cls: 0, inp_ms: 0 };
  (globalThis as unknown as Watching).seenVitals = seen;
  const watch = (type: string, note: (entry: PerformanceEntry) => void): void => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    // The shortest that browsers report.
    const eventOptions: PerformanceObserverInit & { durationThreshold: number } = {
      type,
      buffered: true,
      durationThreshold: 16,
    };
    observer.observe(eventOptions);
  };
  watch("largest-contentful-paint", ({ startTime }) => (seen.lcp_ms = startTime));
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) seen.cls += value;
  });
  watch("event", (entry) => {
    const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
    if (interactionId > 0) seen.inp_ms = Math.max(seen.inp_ms, duration);
  });
}
