import type { CDPSession } from "playwright-core";
import { newShopper } from "../../simulators/browser.ts";
import type { StorefrontScene } from "./storefront-scene.ts";

const SLOWER = 4;
// More than twice as long as the embed takes to finish its work on most pages.
const WATCHED_MS = 1000;

/**
 * What a page takes more of its main thread with the embed than without. `script`: running and compiling JavaScript, in
 * the embed or in what it calls, such as `fetch` and Shopify's API. `task`: everything, the browser's own work for five
 * more files and requests included.
 */
export type EmbedTime = { readonly script_ms: number; readonly task_ms: number };
export type EmbedTimes = { readonly first: readonly EmbedTime[]; readonly next: readonly EmbedTime[] };

/**
 * Pairs of visits to a product's page in lite mode, one without and one with the embed, with a processor four times slower.
 * `first` is the first page of a new visitor, `next` one that the same visitor opens after another. Counted by the
 * thread's own clock (`Performance.getMetrics` in thread ticks), so that a busy machine disturbs little.
 */
export async function embedMainThread(scene: StorefrontScene, pairs: number): Promise<EmbedTimes> {
  const first: EmbedTime[] = [];
  const next: EmbedTime[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const without = await oneVisit(scene, false);
    const with_ = await oneVisit(scene, true);
    first.push(minus(with_.first, without.first));
    next.push(minus(with_.next, without.next));
  }
  return { first, next };
}

const minus = (one: EmbedTime, other: EmbedTime): EmbedTime => ({
  script_ms: one.script_ms - other.script_ms,
  task_ms: one.task_ms - other.task_ms,
});

async function oneVisit(scene: StorefrontScene, embed: boolean): Promise<{ first: EmbedTime; next: EmbedTime }> {
  scene.setEmbed(embed);
  const shopper = await newShopper(scene.browser);
  try {
    const page = await shopper.context.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const timeOf = async (url: string): Promise<EmbedTime> => {
      await page.goto(url);
      await page.waitForTimeout(WATCHED_MS);
      // The counters start anew with each document.
      return mainThread(session);
    };
    return { first: await timeOf(scene.product), next: await timeOf(scene.otherProduct) };
  } finally {
    await shopper.close();
  }
}

async function mainThread(session: CDPSession): Promise<EmbedTime> {
  const { metrics } = await session.send("Performance.getMetrics");
  const ms = (name: string): number => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  return { script_ms: ms("ScriptDuration") + ms("V8CompileDuration"), task_ms: ms("TaskDuration") };
}
