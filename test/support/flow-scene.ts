import { createHmac } from "node:crypto";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { createFlow, type Flow } from "../simulators/shopify/flow.ts";
import { readFlowExtensions } from "../simulators/shopify/flow-extensions.ts";
import { createShop, SHOP_SEEDS } from "../simulators/shopify/shop-seeds.ts";
import type { Shop } from "../simulators/shopify/types.ts";
import { appAgent } from "../simulators/shopify/webhooks.ts";

export type FlowScene = Flow & {
  /** A shop as Shopify knows it, of this domain. */
  readonly shopOf: (domain: string) => Shop;
  readonly close: () => Promise<void>;
};

/** Shopify Flow with this app's extensions, against an app in the test's own process. */
export async function startFlow(appUrl: string): Promise<FlowScene> {
  const { port } = new URL(appUrl);
  const agent = await appAgent(appUrl);
  const flow = createFlow({
    app: { apiKey: API_KEY, apiSecret: API_SECRET },
    extensions: readFlowExtensions("extensions", `http://localhost:${port}`),
    agent,
    now: () => new Date(),
  });
  const [seed] = SHOP_SEEDS;
  if (seed === undefined) throw new Error("the simulator has no shops");
  return {
    ...flow,
    shopOf: (domain) => ({ ...createShop(seed, 0), domain }),
    close: () => agent.destroy(),
  };
}

/** Posts a body to one of Flow's addresses, signed with the app's secret unless a signature is given; null: none. */
export const postToFlow = (
  appUrl: string,
  body: string,
  {
    path = "/api/flow/stages",
    hmac,
    secret = API_SECRET,
  }: { readonly path?: string; readonly hmac?: string | null; readonly secret?: string } = {},
): Promise<Response> => {
  const own = createHmac("sha256", secret).update(body).digest("base64");
  const signature = hmac === undefined ? own : hmac;
  return fetch(`${appUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(signature !== null && { "x-shopify-hmac-sha256": signature }) },
    body,
  });
};
