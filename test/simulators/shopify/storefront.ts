import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerForms } from "./account-pages.ts";
import { answerCartApi } from "./cart-api.ts";
import type { ClientBundles } from "./client-bundles.ts";
import { withAppEmbeds } from "./app-embeds.ts";
import { answerCheckout, openCheckout } from "./checkout.ts";
import type { DeployedApp, EmbedBlock, WebPixelConfig } from "./extension-files.ts";
import { html, notFound, redirect, script, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { createLiquid } from "./liquid.ts";
import { pageObjects, type PageObjects } from "./liquid-objects.ts";
import type { OrderBook } from "./orders.ts";
import { contentForHeader, SHOP_PAGE_SCRIPT, WORKER_PATH } from "./page-setup.ts";
import { cartPayload, collectionPayload, searchPayload, variantPayload } from "./pixel-payloads.ts";
import { findVariant, marketOf } from "./pricing.ts";
import type { PixelEvent, Product, Shop } from "./types.ts";
import { newCart, type Visit, visitOf } from "./visit.ts";

export type StorefrontContext = {
  readonly deployed: DeployedApp;
  readonly webPixel: WebPixelConfig;
  readonly embedBlocks: () => EmbedBlock[];
  readonly bundles: ClientBundles;
  readonly orders: OrderBook;
  readonly nextId: () => string;
};

const THEME = fileURLToPath(new URL("theme/", import.meta.url));
const THEME_ASSETS = "/cdn/shop/t/1/assets";
export const EXTENSION_ASSETS = "https://cdn.shopify.com/extensions/simulator/tandem-theme-embed/assets";

type Page = PageObjects & {
  readonly template: string;
  readonly events: readonly PixelEvent[];
  readonly status?: number;
};

// A careful shop's policy: itself, Shopify's files, and Meta's hosts. No eval.
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' https://cdn.shopify.com https://connect.facebook.net; " +
  "connect-src 'self' http://localhost:* https://www.facebook.com; img-src 'self' data: https://www.facebook.com; " +
  "style-src 'self' 'unsafe-inline'; worker-src 'self'";

function productPage({ shop, cart, request }: Visit, handle: string): Page | null {
  const product = shop.products.find((known) => known.handle === handle);
  const wanted = request.url.searchParams.get("variant");
  const variant = product?.variants.find((known) => known.id === wanted) ?? product?.variants[0];
  if (!product || !variant) return null;
  const productVariant = variantPayload(shop, cart.country, product, variant);
  return {
    template: "product",
    pageType: "product",
    title: product.title,
    product,
    events: [{ name: "product_viewed", data: { productVariant } }],
  };
}

function collectionPage({ shop, cart }: Visit, handle: string): Page | null {
  if (handle !== shop.collection.handle) return null;
  return {
    template: "collection",
    pageType: "collection",
    title: shop.collection.title,
    products: shop.products,
    events: [{ name: "collection_viewed", data: collectionPayload(shop, cart.country) }],
  };
}

function searchPage({ shop, cart, request }: Visit): Page {
  const searchTerms = request.url.searchParams.get("q") ?? "";
  const matches = (product: Product): boolean => product.title.toLowerCase().includes(searchTerms.toLowerCase());
  const products = searchTerms === "" ? [] : shop.products.filter(matches);
  const events =
    searchTerms === ""
      ? []
      : [{ name: "search_submitted", data: searchPayload(shop, cart.country, searchTerms, products) }];
  return { template: "search", pageType: "search", title: "Search", searchTerms, products, events };
}

function cartPage({ shop, cart }: Visit): Page {
  const events = [...cart.pendingEvents, { name: "cart_viewed", data: { cart: cartPayload(shop, cart) } }];
  cart.pendingEvents = [];
  return { template: "cart", pageType: "cart", title: "Your cart", events };
}

/** The contact page, and what a legacy customer account still shows. */
function accountPage({ shop, request }: Visit): Page | null {
  const { pathname } = request.url;
  if (pathname === "/pages/contact") {
    return { template: "contact", pageType: "page", title: "Contact", events: [] };
  }
  if (pathname === "/account/register") {
    return { template: "register", pageType: "customers/register", title: "Account", events: [] };
  }
  const token = /^\/account\/orders\/([0-9a-f]+)$/.exec(pathname)?.[1];
  const order = shop.orders.find((known) => known.token === token);
  return order ? { template: "order", pageType: "customers/order", title: "Order", order, events: [] } : null;
}

function pageOf(visit: Visit): Page | null {
  const account = accountPage(visit);
  if (account) return account;
  const [first, second, third] = visit.request.url.pathname.split("/").filter(Boolean);
  if (first === undefined) {
    return { template: "index", pageType: "index", title: "Home", products: visit.shop.products, events: [] };
  }
  if (first === "cart" && second === undefined) return cartPage(visit);
  if (first === "search" && second === undefined) return searchPage(visit);
  if (third !== undefined || second === undefined) return null;
  if (first === "products") return productPage(visit, second);
  return first === "collections" ? collectionPage(visit, second) : null;
}

async function renderPage(visit: Visit, page: Page, context: StorefrontContext): Promise<SimulatedReply> {
  const { shop, cart } = visit;
  const engine = createLiquid({
    themeFolder: THEME,
    snippetsFolder: join(THEME, "snippets"),
    assetBase: THEME_ASSETS,
    currency: marketOf(shop, cart.country).currency,
  });
  const objects = pageObjects(visit, page);
  const events = [{ name: "page_viewed", data: {} }, ...page.events];
  const content: unknown = await engine.renderFile(`templates/${page.template}`, objects);
  const markup: unknown = await engine.renderFile("layout/theme", {
    ...objects,
    content_for_header: contentForHeader(visit, context.webPixel, events),
    content_for_layout: content,
  });
  const blocks = context.embedBlocks();
  const currency = page.order?.priced.currency ?? marketOf(shop, cart.country).currency;
  const embeds = { shop, blocks, currency, themeFolder: context.deployed.themeFolder, assetBase: EXTENSION_ASSETS };
  const reply = html(await withAppEmbeds(String(markup), objects, embeds), page.status ?? 200);
  // `?simulator_csp`: a shop that sends a content security policy of its own.
  return visit.request.url.searchParams.has("simulator_csp")
    ? { ...reply, headers: { ...reply.headers, "content-security-policy": POLICY } }
    : reply;
}

/** The worker that runs the app's built bundle, with `shopify` as its only API. */
function workerScript(context: StorefrontContext): SimulatedReply {
  const bundle = readFileSync(context.deployed.webPixelBundle, "utf8");
  return script(
    `${context.bundles["web-pixel-worker"]}\nself.webPixelsManager.load(function (shopify) {\n${bundle}\n});\n`,
  );
}

const image = (): SimulatedReply => ({
  status: 200,
  headers: { "content-type": "image/svg+xml", "cache-control": "max-age=3600" },
  body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#d9d2c4"/><circle cx="2" cy="1.5" r=".8" fill="#6b3d14"/></svg>',
});

function themeAsset(path: string): SimulatedReply {
  const file = path.slice(THEME_ASSETS.length + 1);
  if (file === "theme.js") return script(readFileSync(join(THEME, "assets/theme.js"), "utf8"));
  if (file !== "theme.css") return notFound(path);
  return { status: 200, headers: { "content-type": "text/css" }, body: readFileSync(join(THEME, "assets/theme.css")) };
}

function asset(path: string, shop: Shop, context: StorefrontContext): SimulatedReply | null {
  if (path === SHOP_PAGE_SCRIPT) return script(context.bundles["shop-page"]);
  if (path === "/cdn/shopifycloud/simulator/checkout-page.js") return script(context.bundles["checkout-page"]);
  if (path.startsWith(THEME_ASSETS)) return themeAsset(path);
  if (path.startsWith("/cdn/shop/files/")) return image();
  if (path === "/favicon.ico") return { status: 204 };
  if (WORKER_PATH.exec(path)?.[1] !== shop.id) return null;
  return shop.installation.webPixel ? workerScript(context) : notFound("no web pixel");
}

/** `/cart/<variant>:<quantity>`: buy-now links, which skip the cart and everything that was written to it. */
function permalink(visit: Visit, context: StorefrontContext): SimulatedReply | null {
  const lines = /^\/cart\/((?:\d+:\d+,?)+)$/.exec(visit.request.url.pathname)?.[1];
  if (lines === undefined) return null;
  const cart = newCart(visit.shop, visit.cart.country);
  cart.landingSite = visit.cart.landingSite;
  for (const line of lines.split(",").filter(Boolean)) {
    const [variantId = "", quantity = "1"] = line.split(":");
    if (!findVariant(visit.shop, variantId)) return notFound(`variant ${variantId}`);
    cart.lines.push({ variantId, quantity: Number(quantity), properties: {} });
  }
  return openCheckout(visit.shop, cart, context.nextId);
}

function toCheckout(visit: Visit, context: StorefrontContext): SimulatedReply | null {
  const { method, url } = visit.request;
  const wanted = url.pathname === "/checkout" || (url.pathname === "/cart" && method === "POST");
  if (!wanted) return permalink(visit, context);
  return visit.cart.lines.length === 0 ? redirect("/cart") : openCheckout(visit.shop, visit.cart, context.nextId);
}

function discountLink(visit: Visit): SimulatedReply | null {
  const code = /^\/discount\/([^/]+)$/.exec(visit.request.url.pathname)?.[1];
  if (code === undefined) return null;
  visit.cart.discountCode = decodeURIComponent(code);
  return redirect(visit.request.url.searchParams.get("redirect") ?? "/");
}

/** Everything below `https://<shop>.myshopify.com/` that a shopper's browser asks for. */
export async function answerStorefront(
  shop: Shop,
  request: SimulatedRequest,
  context: StorefrontContext,
): Promise<SimulatedReply> {
  const file = asset(request.url.pathname, shop, context);
  if (file) return file;
  const visit = visitOf(shop, request);
  const reply =
    answerCartApi(visit) ??
    answerForms(visit) ??
    answerCheckout(visit, context) ??
    toCheckout(visit, context) ??
    discountLink(visit) ??
    (await shopPage(visit, context));
  return visit.cookies.length === 0
    ? reply
    : { ...reply, headers: { ...reply.headers, "set-cookie": [...visit.cookies] } };
}

function shopPage(visit: Visit, context: StorefrontContext): Promise<SimulatedReply> {
  const missing: Page = { template: "404", pageType: "404", title: "Not found", events: [], status: 404 };
  return renderPage(visit, pageOf(visit) ?? missing, context);
}
