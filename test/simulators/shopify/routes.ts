import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerAdminGraphql, adminApiVersionOf } from "./admin-graphql.ts";
import { type AdminPagesContext, answerAdmin } from "./admin-pages.ts";
import type { WebPixelConfig } from "./extension-files.ts";
import type { Flow } from "./flow.ts";
import { type Answer, notFound, redirect, script, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { answerExtensionHost } from "./order-page.ts";
import { answerAccessToken } from "./oauth.ts";
import { answerSimulatorPage, type SimulatorPageContext } from "./simulator-page.ts";
import { answerStorefront, EXTENSION_ASSETS, type StorefrontContext } from "./storefront.ts";
import type { Shop } from "./types.ts";

/** Requests for tokens and GraphQL calls so far. */
export type Calls = { oauth: number; graphql: number };

export type RoutesContext = {
  readonly pages: AdminPagesContext;
  readonly simulatorPage: SimulatorPageContext;
  readonly storefront: StorefrontContext;
  readonly webPixel: WebPixelConfig;
  readonly calls: Calls;
  readonly flow: Pick<Flow, "receive">;
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
};

/** https://cdn.shopify.com: App Bridge, Polaris web components and the theme extension's assets. */
function answerCdn(request: SimulatedRequest, { deployed, bundles }: StorefrontContext): SimulatedReply {
  const { pathname } = request.url;
  if (pathname === "/shopifycloud/app-bridge.js") return script(bundles["app-bridge"]);
  // The newest of a major version, of a minor one, or a release candidate (shopify.dev, "Versioning for web components").
  if (/^\/shopifycloud\/polaris-\d+(?:\.\d+)?(?:-rc)?\.js$/.test(pathname)) return script(bundles["polaris"]);
  const assets = `${new URL(EXTENSION_ASSETS).pathname}/`;
  const file = pathname.startsWith(assets) ? /^[\w.-]+$/.exec(pathname.slice(assets.length))?.[0] : undefined;
  const type = CONTENT_TYPES[file?.split(".").at(-1) ?? ""];
  if (file === undefined || type === undefined) return notFound("The CDN has no such file.");
  const body = readFileSync(join(deployed.themeFolder, "assets", file));
  return { status: 200, headers: { "content-type": type, "access-control-allow-origin": "*" }, body };
}

/** `<shop>.myshopify.com`: the app's two endpoints, the way into the admin, and the storefront. */
function answerShop(shop: Shop, request: SimulatedRequest, context: RoutesContext): ReturnType<Answer> {
  const { pathname, search } = request.url;
  const { app, config, now, changed } = context.pages;
  if (pathname === "/admin/oauth/access_token") {
    context.calls.oauth += 1;
    return answerAccessToken(shop, request, { app, now, scopes: config.scopes, changed });
  }
  if (adminApiVersionOf(pathname) !== null) {
    context.calls.graphql += 1;
    return answerAdminGraphql(request, {
      shop,
      apiKey: app.apiKey,
      webPixel: context.webPixel,
      flow: context.flow,
      subscribed: config.subscriptions,
      appUrl: context.pages.appUrl,
      now,
      changed,
    });
  }
  if (pathname.startsWith("/admin")) {
    return redirect(`https://admin.shopify.com/store/${shop.handle}${pathname.slice("/admin".length)}${search}`);
  }
  return answerStorefront(shop, request, context.storefront);
}

/** Tells Shopify's hosts apart by the Host header. */
export const routesOf =
  (context: RoutesContext): Answer =>
  async (request) => {
    if (request.host === "cdn.shopify.com") return answerCdn(request, context.storefront);
    if (request.host === "extensions.shopifycdn.com") {
      const { pages, storefront } = context;
      const workerScript = storefront.bundles["extension-worker"];
      return answerExtensionHost(request, { block: pages.orderBlock, workerScript });
    }
    if (request.host === "admin.shopify.com") {
      const page = answerSimulatorPage(request, context.simulatorPage) ?? (await answerAdmin(request, context.pages));
      return page ?? notFound("This page of the admin is not simulated.");
    }
    const shop = context.pages.shops.find((known) => known.domain === request.host);
    return shop ? answerShop(shop, request, context) : notFound(`The simulator does not answer for ${request.host}.`);
  };
