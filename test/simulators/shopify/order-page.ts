import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { adminPage } from "./admin-layout.ts";
import { escapeHtml, html, inlineJson, notFound, script, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import type { Shop } from "./types.ts";

/** Where the app's admin UI extension is: its folder, and its bundle as Shopify's CLI would upload it. */
export type OrderBlockFiles = { readonly folder: string; readonly bundle: string };

/** The extension as Shopify knows it after a deploy. */
export type OrderBlock = {
  readonly target: string;
  readonly bundle: string;
  /** Texts by locale, the default's under `default`. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const TARGET = "admin.order-details.block.render";
/** "64 kB" (shopify.dev, "Admin UI extensions", 2026-07). */
const MOST_BYTES = 65_536;
const LANGUAGES = ["de", "cs"];

type Extension = {
  readonly type?: string;
  readonly uid?: string;
  readonly targeting?: readonly { readonly target?: string; readonly module?: string }[];
};

const textsIn = (folder: string, file: string): Record<string, string> =>
  // Shopify's flat form of a locale file; a text that is none fails where it is used.
  JSON.parse(readFileSync(join(folder, "locales", file), "utf8")) as Record<string, string>;

/** Throws for what Shopify would refuse on deploy. */
export function readOrderBlock({ folder, bundle }: OrderBlockFiles): OrderBlock {
  // Parsed for its two fields; a table of another form has neither.
  const config = parse(readFileSync(join(folder, "shopify.extension.toml"), "utf8")) as {
    readonly api_version?: string;
    readonly extensions?: readonly Extension[];
  };
  const [extension] = config.extensions ?? [];
  const [targeting] = extension?.targeting ?? [];
  if (extension?.type !== "ui_extension") throw new Error(`${folder}: type is not ui_extension`);
  // React ended with 2025-07; the bundle's form is that of 2025-10 and later.
  if ((config.api_version ?? "") < "2025-10") throw new Error(`${folder}: api_version is too old`);
  if (targeting?.target !== TARGET) throw new Error(`${folder}: the target is not ${TARGET}`);
  if (!existsSync(join(folder, targeting.module ?? ""))) throw new Error(`${folder}: the module does not exist`);
  const text = readFileSync(bundle, "utf8");
  if (Buffer.byteLength(text) > MOST_BYTES) throw new Error(`${bundle} has more than ${MOST_BYTES} bytes`);
  const translations = LANGUAGES.map((language) => [language, textsIn(folder, `${language}.json`)] as const);
  const texts = { default: textsIn(folder, "en.default.json"), ...Object.fromEntries(translations) };
  return { target: TARGET, bundle: text, texts };
}

export type OrderPageContext = {
  readonly block: OrderBlock | null;
  readonly appUrl: string;
  readonly apiKey: string;
  readonly pageScript: string;
};

/** Shopify's own page of an order, plain, with the app's block on it. `locale` is the merchant's. */
export function orderPage(shop: Shop, request: SimulatedRequest, context: OrderPageContext): SimulatedReply {
  const id = /\/orders\/(\d+)$/.exec(request.url.pathname)?.[1];
  const order = shop.orders.find((known) => known.id === id);
  if (order === undefined) return notFound("This order does not exist.");
  const name = escapeHtml(`#${String(order.number)}`);
  const { block } = context;
  const isShown = block !== null && shop.installation.installed;
  const locale = request.url.searchParams.get("locale") ?? "en";
  const setup = {
    store: shop.handle,
    base: `/store/${shop.handle}/apps/${context.apiKey}`,
    extension: {
      target: block?.target,
      selected: `gid://shopify/Order/${order.id}`,
      appUrl: context.appUrl,
      texts: block?.texts[locale] ?? block?.texts["default"],
      locale,
    },
  };
  return html(
    adminPage(
      `Order ${name} · ${shop.name} · Shopify (simulator)`,
      `<main><h1>Order ${name}</h1>${
        isShown
          ? `<section id="order-block" role="region"><h2 id="order-block-title"></h2></section>
<script src="https://cdn.shopify.com/shopifycloud/polaris-1.js"></script>
<script type="application/json" id="order-setup">${inlineJson(setup)}</script><script>${context.pageScript}</script>`
          : ""
      }</main>`,
    ),
  );
}

const LOADER = `const worker = new Worker("/worker.js");
worker.onerror = (event) => { throw new Error("extension worker: " + event.message); };
addEventListener("message", (event) => { if (event.origin === "https://admin.shopify.com") worker.postMessage(null, event.ports); });`;

/** https://extensions.shopifycdn.com: the frame and the worker of admin UI extensions, and the app's bundle. */
export function answerExtensionHost(
  request: SimulatedRequest,
  { block, workerScript }: { readonly block: OrderBlock | null; readonly workerScript: string },
): SimulatedReply {
  const { pathname } = request.url;
  if (pathname === "/load.html") return html(`<!doctype html><title>Extension</title><script>${LOADER}</script>`);
  if (pathname === "/worker.js") return script(workerScript);
  return pathname === "/extension.js" && block !== null ? script(block.bundle) : notFound("There is no such file.");
}
