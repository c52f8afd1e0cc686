import type { Browser } from "playwright-core";
import { newShopper } from "../../simulators/browser.ts";
import { EXTENSION_ASSETS } from "../../simulators/shopify/storefront.ts";
import { CATEGORIES, ownTime, type OwnTime, type TraceEvent } from "./own-time.ts";
import type { StorefrontScene } from "./storefront-scene.ts";

const SLOWER = 4;
// More than twice as long as the embed takes to finish its work on most pages.
const WATCHED_MS = 1000;

export type EmbedTimes = { readonly first: readonly OwnTime[]; readonly next: readonly OwnTime[] };

/**
 * What the embed's own files take of the main thread on a product's page in lite mode, by samples of a trace, with a
 * processor four times slower. `first` is the first page of a new visitor, `next` one that the same visitor opens after
 * another.
 */
export async function embedMainThread(scene: StorefrontScene, visits: number): Promise<EmbedTimes> {
  const first: OwnTime[] = [];
  const next: OwnTime[] = [];
  scene.setEmbed(true);
  for (let visit = 0; visit < visits; visit += 1) {
    const shopper = await newShopper(scene.browser);
    try {
      const page = await shopper.context.newPage();
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      const timeOf = async (url: string): Promise<OwnTime> =>
        ownTime(
          await traced(scene.browser, async () => {
            await page.goto(url);
            await page.waitForTimeout(WATCHED_MS);
          }),
          (from) => from.startsWith(EXTENSION_ASSETS),
        );
      first.push(await timeOf(scene.product));
      next.push(await timeOf(scene.otherProduct));
    } finally {
      await shopper.close();
    }
  }
  return { first, next };
}

/** A trace of the whole browser, because a new site gets a new process. */
async function traced(browser: Browser, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  await browser.startTracing(undefined, { categories: CATEGORIES });
  await work();
  const trace = await browser.stopTracing();
  return (JSON.parse(trace.toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
}
