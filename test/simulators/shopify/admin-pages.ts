import { createHmac } from "node:crypto";
import { statusOf } from "./app-embeds.ts";
import { adminPage } from "./admin-layout.ts";
import type { AppConfig, EmbedBlock } from "./extension-files.ts";
import {
  escapeHtml,
  html,
  inlineJson,
  json,
  notFound,
  redirect,
  type SimulatedReply,
  type SimulatedRequest,
} from "./http.ts";
import { type OrderBlock, orderPage } from "./order-page.ts";
import { type AppCredentials, createSessionToken } from "./session-token.ts";
import { themeEditor } from "./theme-editor.ts";
import type { Shop } from "./types.ts";

export type AdminPagesContext = {
  readonly app: AppCredentials;
  readonly config: AppConfig;
  readonly appUrl: string;
  readonly shops: readonly Shop[];
  readonly embedBlocks: () => EmbedBlock[];
  /** Handle of the theme app extension. */
  readonly themeExtension: string;
  readonly shellScript: string;
  /** The app's admin UI extension; null: it has none. */
  readonly orderBlock: OrderBlock | null;
  readonly orderScript: string;
  readonly now: () => Date;
  readonly changed: () => void;
};

export const THEME_ID = "gid://shopify/OnlineStoreTheme/143882910774";

/** The address the admin loads into the iframe, with the parameters that Shopify adds. */
export function appAddress(shop: Shop, path: string, context: AdminPagesContext): string {
  const url = new URL(path || "/", context.appUrl);
  const now = context.now();
  const parameters: Record<string, string> = {
    embedded: "1",
    shop: shop.domain,
    host: Buffer.from(`admin.shopify.com/store/${shop.handle}`).toString("base64").replace(/=+$/, ""),
    locale: shop.staffLocale,
    session: createHmac("sha256", context.app.apiSecret).update(shop.domain).digest("hex"),
    timestamp: String(Math.floor(now.getTime() / 1000)),
    id_token: createSessionToken(context.app, shop.domain, now),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const signed = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  url.searchParams.set("hmac", createHmac("sha256", context.app.apiSecret).update(signed.join("&")).digest("hex"));
  return url.href;
}

function shellPage(shop: Shop, base: string, path: string, context: AdminPagesContext): SimulatedReply {
  const setup = { appOrigin: new URL(context.appUrl).origin, base, store: shop.handle };
  return html(
    adminPage(
      `${context.config.name} · ${shop.name} · Shopify (simulator)`,
      `<div class="shell"><nav class="side" aria-label="Admin"><strong>${escapeHtml(shop.name)}</strong>
<ul><li><a href="${base}">${escapeHtml(context.config.name)}</a><ul id="app-nav"></ul></li>
<li><a href="/store/${shop.handle}/themes/current/editor?context=apps">Theme editor</a></li>
<li><a href="/simulator">Simulator</a></li></ul></nav>
<div class="app"><div class="bar"><h1 id="app-title">${escapeHtml(context.config.name)}</h1></div>
<div id="save-bar" role="region" aria-label="Unsaved changes" hidden><span>Unsaved changes</span>
<button id="discard">Discard</button><button id="save">Save</button></div>
<iframe id="app-iframe" name="app-iframe" title="${escapeHtml(context.config.name)}" src="${escapeHtml(appAddress(shop, path, context))}"></iframe>
<div id="toasts" role="status" aria-live="polite"></div></div></div>
<script type="application/json" id="shell-setup">${inlineJson(setup)}</script><script>${context.shellScript}</script>`,
    ),
  );
}

function installPage(shop: Shop, base: string, context: AdminPagesContext): SimulatedReply {
  const scopes = context.config.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join("");
  return html(
    adminPage(
      `Install ${context.config.name}`,
      `<main><h1>Install ${escapeHtml(context.config.name)} in ${escapeHtml(shop.name)}?</h1><p>The app asks for:</p><ul>${scopes}</ul>
<form method="post" action="${base}/install"><button>Install</button></form></main>`,
    ),
  );
}

/** Shopify-managed installation: the merchant agrees, and the app is notified by its first request. */
export function installApp(shop: Shop, config: AppConfig): void {
  shop.installation.installed = true;
  shop.installation.scopes = [...config.scopes];
}

function appPages(shop: Shop, request: SimulatedRequest, context: AdminPagesContext): SimulatedReply {
  const [, base = "", rest = ""] = /^(\/store\/[^/]+\/apps\/[^/]+)(.*)$/.exec(request.url.pathname) ?? [];
  if (rest === "/install" && request.method === "POST") {
    installApp(shop, context.config);
    context.changed();
    return redirect(base);
  }
  if (!shop.installation.installed) return installPage(shop, base, context);
  return shellPage(shop, base, `${rest}${request.url.search}`, context);
}

/** The app's theme extension as App Bridge's `app.extensions()` reports it. */
async function extensions(shop: Shop, context: AdminPagesContext) {
  const activations = await Promise.all(
    context.embedBlocks().map(async (block) => {
      const status = await statusOf(block, shop);
      const places = status === "active" ? [{ target: "index", themeId: THEME_ID }] : [];
      return { target: block.target, handle: block.handle, name: block.name, status, activations: places };
    }),
  );
  return [{ handle: context.themeExtension, type: "theme_app_extension", activations }];
}

async function shellData(name: string, shop: Shop, context: AdminPagesContext): Promise<SimulatedReply> {
  if (name === "id-token") return json(createSessionToken(context.app, shop.domain, context.now()));
  if (name === "scopes") {
    return json({ granted: shop.installation.scopes, required: context.config.scopes, optional: [] });
  }
  return json(await extensions(shop, context));
}

/** https://admin.shopify.com, but for the simulator's own pages. Null for other paths. */
export async function answerAdmin(
  request: SimulatedRequest,
  context: AdminPagesContext,
): Promise<SimulatedReply | null> {
  const { pathname, searchParams } = request.url;
  const shopNamed = (handle: string | null | undefined): Shop | undefined =>
    context.shops.find((shop) => shop.handle === handle);
  const wanted = /^\/simulator\/(id-token|extensions|scopes)$/.exec(pathname)?.[1];
  if (wanted !== undefined) {
    const shop = shopNamed(searchParams.get("store"));
    return shop ? shellData(wanted, shop, context) : notFound("store");
  }
  const [, handle, section] = /^\/store\/([^/]+)\/(apps|themes|orders)\//.exec(`${pathname}/`) ?? [];
  if (handle === undefined) return null;
  const shop = shopNamed(handle);
  if (!shop) return notFound("This store does not exist.");
  if (section === "orders") {
    const { orderBlock: block, orderScript: pageScript, appUrl, app } = context;
    return orderPage(shop, request, { block, pageScript, appUrl, apiKey: app.apiKey });
  }
  return section === "themes" ? themeEditor(shop, request, context) : appPages(shop, request, context);
}
