import path from "node:path";
import { fileURLToPath } from "node:url";
import { API_KEY, API_SECRET, type AppProcess, startAppProcess } from "./app-process.ts";
import { freePort } from "../support/free-port.ts";
import type { HostMapping } from "./browser.ts";
import { META_HOSTS, type MetaSimulator, startMetaSimulator } from "./meta/start-meta-simulator.ts";
import type { ShopSeed } from "./shopify/shop-seeds.ts";
import { type ShopifySimulator, startShopifySimulator } from "./shopify/simulator.ts";
import type { SimulatedClock } from "./simulated-clock.ts";

/** The dataset that the Meta simulator has from the start, for the merchant's role. */
export const PIXEL = { metaPixelId: "1234567890123456", token: "EAAdemo0token0of0the0simulated0dataset" } as const;

export type Stack = {
  readonly meta: MetaSimulator;
  readonly shopify: ShopifySimulator;
  readonly app: AppProcess;
  /** For the browser: every simulated host and where it is. */
  readonly hosts: HostMapping;
  /** Ends the app's process and starts it again at the same address. */
  readonly restartApp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type StackOptions = {
  readonly dataDir: string;
  /** Fixed ports, so that printed addresses stay the same; free ones where absent. */
  readonly ports?: { readonly app: number; readonly meta: number; readonly shopify: number };
  readonly env?: Readonly<Record<string, string>>;
  /** Other shops than the simulator's own two. */
  readonly shops?: readonly ShopSeed[];
  /** Another time than the true one, for both simulators and the app. */
  readonly clock?: SimulatedClock;
};

const REDIRECT = fileURLToPath(new URL("./redirect-shopify.ts", import.meta.url));

/** The built app as its own process, with both simulators in this one, wired together by true host names. */
export async function startStack({ dataDir, ports, env = {}, shops, clock }: StackOptions): Promise<Stack> {
  const port = ports?.app ?? (await freePort());
  const meta = await startMetaSimulator({ ...(ports && { port: ports.meta }), ...(clock && { now: clock.now }) });
  meta.addDataset(PIXEL);
  const shopify = await startShopifySimulator({
    appUrl: `http://localhost:${port}`,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    stateFile: path.join(dataDir, "shopify-simulator.json"),
    ...(ports && { port: ports.shopify }),
    ...(shops && { shops }),
    ...(clock && { now: clock.now }),
  });
  const startApp = (): Promise<AppProcess> =>
    startAppProcess({
      dataDir,
      port,
      graphUrl: meta.httpUrl,
      imports: [REDIRECT, ...(clock ? [clock.module] : [])],
      env: { SIMULATOR_SHOPIFY_PORT: String(shopify.port), ...clock?.env, ...env },
    });
  let app = await startApp();
  return {
    meta,
    shopify,
    get app() {
      return app;
    },
    restartApp: async () => {
      await app.stop();
      app = await startApp();
    },
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
