import type { CDPSession, Page } from "playwright-core";
import { launchChromium, newShopper } from "../../../test/simulators/browser.ts";
import { startMetaSimulator, META_HOSTS } from "../../../test/simulators/meta/start-meta-simulator.ts";
import { startShopifySimulator } from "../../../test/simulators/shopify/simulator.ts";

const STORE = "tandem-demo";
const SLOWER = 4;
// Microseconds between two looks at what runs.
const LOOK_EVERY = 1000;

/** `own`: inside the embed's own code. `within`: with all that it called, the browser's `fetch` and Shopify's API too. */
export type EmbedTime = { readonly own_ms: number; readonly within_ms: number };

/**
 * What the embed's files take of the page's main thread on one product page in lite mode, with a processor four times
 * slower, as Chromium's sampling profiler sees it. One result per visit; nobody listens at the collector.
 */
export async function embedMainThread(visits: number): Promise<readonly EmbedTime[]> {
  const meta = await startMetaSimulator();
  const shopify = await startShopifySimulator({ appUrl: "http://localhost:9", apiKey: "bench", apiSecret: "bench" });
  const { installation } = shopify.shop(STORE);
  installation.installed = true;
  installation.metafields["bench"] = {
    id: "gid://shopify/Metafield/1",
    namespace: "tandem",
    key: "settings",
    type: "json",
    value: JSON.stringify(SETTINGS),
    updatedAt: "2026-11-23T00:00:00Z",
  };
  shopify.setEmbeds(STORE, true);
  const hosts = Object.fromEntries(META_HOSTS.map((host) => [host, meta.port]));
  const browser = await launchChromium({
    hosts: { ...hosts, "*.myshopify.com": shopify.port, "cdn.shopify.com": shopify.port },
  });
  try {
    const times: EmbedTime[] = [];
    for (let visit = 0; visit < visits; visit += 1) {
      const shopper = await newShopper(browser);
      times.push(await onePage(await shopper.context.newPage()));
      await shopper.close();
    }
    return times;
  } finally {
    await browser.close();
    await shopify.close();
    await meta.close();
  }
}

const way = (as: string) => ({ as, custom: false, browser: true });
const SETTINGS = {
  format: 2,
  shop: `${STORE}.myshopify.com`,
  version: 1,
  collectUrl: "http://localhost:9/collect/bench",
  pixels: [{ id: "1234567890123456", countries: null, eventsOff: [] }],
  events: { PageView: way("PageView"), ViewContent: way("ViewContent"), AddToCart: way("AddToCart") },
  storefrontMode: "lite",
  purchaseTrigger: "paid",
  valueBasis: "subtotal",
  contentId: "variant_id",
  contentCountry: "US",
};

async function onePage(page: Page): Promise<EmbedTime> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: LOOK_EVERY });
  await session.send("Profiler.start");
  await page.goto(`https://${STORE}.myshopify.com/products/stoneware-mug?simulator_region=US`);
  await page.waitForTimeout(1500);
  const { profile } = await stopped(session);
  return embedTimeOf(profile);
}

type Profile = ProfileOf["profile"];
type ProfileOf = Awaited<ReturnType<typeof stopped>>;
const stopped = (session: CDPSession) => session.send("Profiler.stop");

function embedTimeOf({ nodes, samples = [], timeDeltas = [] }: Profile): EmbedTime {
  const own = new Set<number>();
  const within = new Set<number>();
  // Parents stand before their children.
  for (const { id, callFrame, children = [] } of nodes) {
    if (/\/tandem-[a-z]+\.js/.test(callFrame.url)) [own, within].forEach((set) => set.add(id));
    if (within.has(id)) for (const child of children) within.add(child);
  }
  const timeIn = (set: ReadonlySet<number>): number =>
    samples.reduce((sum, node, at) => sum + (set.has(node) ? (timeDeltas[at + 1] ?? 0) : 0), 0) / 1000;
  return { own_ms: timeIn(own), within_ms: timeIn(within) };
}
