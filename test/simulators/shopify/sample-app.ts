import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import type { DeployedApp } from "./extension-files.ts";
import { createSessionToken } from "./session-token.ts";
import { type ShopifySimulator, type ShopifySimulatorOptions, startShopifySimulator } from "./simulator.ts";

export const API_KEY = "5f2c7d9be1a84c6f9d3b7e21c04a6d85";
export const API_SECRET = "shpss_simulated_secret";

const APP_TOML = `
name = "Sample app"
[access_scopes]
scopes = "read_orders,write_pixels,read_customer_events"
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ["orders/create", "orders/paid", "orders/updated", "orders/fulfilled", "orders/cancelled"]
uri = "/hooks/orders"
[[webhooks.subscriptions]]
topics = ["app/uninstalled"]
uri = "/hooks/app"
[[webhooks.subscriptions]]
compliance_topics = ["customers/data_request", "customers/redact", "shop/redact"]
uri = "/hooks/compliance"
`;

const PIXEL_TOML = `
type = "web_pixel_extension"
name = "Sample pixel"
runtime_context = "strict"
[customer_privacy]
analytics = true
marketing = true
preferences = false
sale_of_data = "ldu"
[settings]
type = "object"
[settings.fields.config]
name = "Config"
type = "single_line_text_field"
validations = [{ name = "min", value = "2" }]
`;

const EMBED = `
<meta name="sample-embed" content="{{ app.metafields.sample.settings.value.greeting | escape }}">
<script src="{{ 'sample.js' | asset_url }}" async></script>
{% schema %}{ "name": "Sample embed", "target": "head", "settings": [] }{% endschema %}
`;

// A minimal bundle that reports what it receives: every event and consent goes to the sample app's /seen.
const PIXEL_BUNDLE = `shopify.extend("WebPixel::Render", (api) => {
  const tell = (what) => fetch(api.settings.config, { method: "POST", keepalive: true, body: JSON.stringify(what) });
  api.analytics.subscribe("all_standard_events", async (event) => {
    tell({ event, cookies: await api.browser.cookie.get(), init: api.init, hasDocument: typeof document !== "undefined",
      canImport: typeof importScripts !== "undefined", globalShopify: typeof globalThis.shopify !== "undefined" });
  });
});`;

/** A sample app, so that the simulator is tested without the product. */
export function aDeployedApp(): DeployedApp {
  const folder = mkdtempSync(join(tmpdir(), "shopify-simulator-"));
  const put = (path: string, text: string): string => {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const appConfig = put("shopify.app.toml", APP_TOML);
  put("pixel/shopify.extension.toml", PIXEL_TOML);
  put("theme/shopify.extension.toml", 'type = "theme"\nname = "Sample embed"\nhandle = "sample-embed"\n');
  put("theme/blocks/sample.liquid", EMBED);
  put("theme/assets/sample.js", "document.documentElement.dataset.embed = 'ran';");
  return {
    appConfig,
    webPixelFolder: join(folder, "pixel"),
    webPixelBundle: put("pixel.js", PIXEL_BUNDLE),
    themeFolder: join(folder, "theme"),
    orderBlock: null,
    flowFolder: null,
  };
}

/** A simulated Shopify with the sample app. Without an address for the app, its webhooks go nowhere. */
export const startSampleShopify = (options: Partial<ShopifySimulatorOptions> = {}): Promise<ShopifySimulator> =>
  startShopifySimulator({
    appUrl: "http://127.0.0.1:9",
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    deployed: aDeployedApp(),
    ...options,
  });

export type Answered = { readonly status: number; readonly body: Record<string, unknown>; readonly text: string };

const agent = new Agent();

/** One JSON POST to a simulated host, sent to the simulator's plain port. */
export async function callShopify(
  simulator: ShopifySimulator,
  host: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const answer = await request(`http://127.0.0.1:${simulator.port}${path}`, {
    method: "POST",
    dispatcher: agent,
    headers: { host, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  // Shopify's API answers are objects; pages are not read through this.
  return { status: answer.statusCode, text, body: text.startsWith("{") ? (JSON.parse(text) as Answered["body"]) : {} };
}

type Exchange = {
  readonly now: Date;
  readonly subjectToken?: string;
  readonly expiring?: string;
  readonly clientSecret?: string;
};

export function exchangeToken(simulator: ShopifySimulator, shop: string, wish: Exchange): Promise<Answered> {
  const app = { apiKey: API_KEY, apiSecret: API_SECRET };
  return callShopify(simulator, shop, "/admin/oauth/access_token", {
    client_id: API_KEY,
    client_secret: wish.clientSecret ?? API_SECRET,
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: wish.subjectToken ?? createSessionToken(app, shop, wish.now),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    expiring: wish.expiring ?? "1",
  });
}

export type ReceivedHook = {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

export type SampleApp = {
  readonly url: string;
  readonly received: ReceivedHook[];
  /** Status codes of the next answers; 200 when empty. */
  readonly nextAnswers: number[];
  /** What GET requests are answered with. */
  page: string;
  close(): Promise<void>;
};

/** An app that records what it receives. */
export async function startSampleApp(): Promise<SampleApp> {
  const received: ReceivedHook[] = [];
  const nextAnswers: number[] = [];
  const app: SampleApp & { url: string } = {
    url: "",
    page: "",
    received,
    nextAnswers,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  const server = createServer((incoming, response) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.on("end", () => {
      received.push({ path: incoming.url ?? "", headers: incoming.headers, body });
      const headers = { "access-control-allow-origin": "*", "content-type": "text/html" };
      response.writeHead(nextAnswers.shift() ?? 200, headers).end(incoming.method === "GET" ? app.page : "");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  app.url = `http://127.0.0.1:${port}`;
  return app;
}
