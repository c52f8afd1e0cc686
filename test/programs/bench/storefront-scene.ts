import { type Browser, chromium } from "playwright-core";
import { chromiumPath, hostResolverRules } from "../../simulators/browser.ts";
import { META_HOSTS, startMetaSimulator } from "../../simulators/meta/start-meta-simulator.ts";
import { startShopifySimulator } from "../../simulators/shopify/simulator.ts";

const STORE = "tandem-demo";
const [PRODUCT, OTHER_PRODUCT] = ["stoneware-mug", "linen-tea-towel"];

const way = (as: string) => ({ as, custom: false, browser: true });
const SETTINGS = {
  format: 2,
  shop: `${STORE}.myshopify.com`,
  version: 1,
  // Nothing listens there: another section measures the collector.
  collectUrl: "http://localhost:9/collect/bench",
  pixels: [{ id: "1234567890123456", countries: null, eventsOff: [] }],
  events: { PageView: way("PageView"), ViewContent: way("ViewContent"), AddToCart: way("AddToCart") },
  storefrontMode: "lite",
  purchaseTrigger: "paid",
  valueBasis: "subtotal",
  contentId: "variant_id",
  contentCountry: "US",
};

export type StorefrontScene = {
  /** A product page, for a visitor in a region that does not require consent. */
  readonly product: string;
  /** Where such a visitor goes next. */
  readonly otherProduct: string;
  readonly setEmbed: (on: boolean) => void;
  readonly browser: Browser;
  /** Where the browser listens for Lighthouse. */
  readonly debuggingPort: number;
  readonly close: () => Promise<void>;
};

/** A simulated shop whose theme has the embed, on or off, in lite mode, and a browser that knows only this shop and Meta. */
export async function openStorefrontScene(debuggingPort: number): Promise<StorefrontScene> {
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
  const hosts = Object.fromEntries(META_HOSTS.map((host) => [host, meta.port]));
  const rules = hostResolverRules({ ...hosts, "*.myshopify.com": shopify.port, "cdn.shopify.com": shopify.port });
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--ignore-certificate-errors",
      `--host-resolver-rules=${rules}`,
      `--remote-debugging-port=${String(debuggingPort)}`,
    ],
  });
  const pageOf = (product: string): string => `https://${STORE}.myshopify.com/products/${product}?simulator_region=US`;
  return {
    product: pageOf(PRODUCT),
    otherProduct: pageOf(OTHER_PRODUCT),
    setEmbed: (on) => void shopify.setEmbeds(STORE, on),
    browser,
    debuggingPort,
    close: async () => {
      await browser.close();
      await shopify.close();
      await meta.close();
    },
  };
}
