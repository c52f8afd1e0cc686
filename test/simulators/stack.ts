import path from "node:path";
import { fileURLToPath } from "node:url";
import { API_KEY, API_SECRET, type AppProcess, startAppProcess } from "./app-process.ts";
import { freePort } from "../support/free-port.ts";
import type { HostMapping } from "./browser.ts";
import { META_HOSTS, type MetaSimulator, startMetaSimulator } from "./meta/start-meta-simulator.ts";
import type { ShopSeed } from "./shopify/shop-seeds.ts";
import { type ShopifySimulator, startShopifySimulator } from "./shopify/simulator.ts";

/** The dataset that the Meta simulator has from the start, for the merchant's role. */
export const PIXEL = { metaPixelId: "1234567890123456", token: "EAAdemo0token0of0the0simulated0dataset" } as const;

export type Stack = {
  readonly meta: MetaSimulator;
  readonly shopify: ShopifySimulator;
  readonly app: AppProcess;
  /** For the browser: every simulated host and where it is. */
  readonly hosts: HostMapping;
  readonly close: () => Promise<void>;
};

type StackOptions = {
  readonly dataDir: string;
  /** Fixed ports, so that printed addresses stay the same; free ones where absent. */
  readonly ports?: { readonly app: number; readonly meta: number; readonly shopify: number };
  readonly env?: Readonly<Record<string, string>>;
  /** Other shops than the simulator's own two. */
  readonly shops?: readonly ShopSeed[];
};

/** The built app as its own process, with both simulators in this one, wired together by true host names. */
export async function startStack({ dataDir, ports, env = {}, shops }: StackOptions): Promise<Stack> {
  const port = ports?.app ?? (await freePort());
  const meta = await startMetaSimulator(ports ? { port: ports.meta } : {});
  meta.addDataset(PIXEL);
  const shopify = await startShopifySimulator({
    appUrl: `http://localhost:${port}`,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    stateFile: path.join(dataDir, "shopify-simulator.json"),
    ...(ports && { port: ports.shopify }),
    ...(shops && { shops }),
  });
  const app = await startAppProcess({
    dataDir,
    port,
    graphUrl: meta.httpUrl,
    imports: [fileURLToPath(new URL("./redirect-shopify.ts", import.meta.url))],
    env: { SIMULATOR_SHOPIFY_PORT: String(shopify.port), ...env },
  });
  return {
    meta,
    shopify,
    app,
    hosts: simulatedHosts({ meta, shopify }),
    close: async () => {
      await app.stop();
      await shopify.close();
      await meta.close();
    },
  };
}

/** Where a browser finds the simulated hosts. */
export const simulatedHosts = ({ meta, shopify }: Pick<Stack, "meta" | "shopify">): HostMapping => ({
  ...Object.fromEntries(META_HOSTS.map((host) => [host, meta.port])),
  "*.myshopify.com": shopify.port,
  "admin.shopify.com": shopify.port,
  "cdn.shopify.com": shopify.port,
  "extensions.shopifycdn.com": shopify.port,
});
