import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startHttpsServer } from "../https-server.ts";
import { answerAdminGraphql, adminApiVersionOf } from "./admin-graphql.ts";
import { type AdminPagesContext, answerAdmin, installApp } from "./admin-pages.ts";
import { buildClientBundles } from "./client-bundles.ts";
import {
  type DeployedApp,
  readAppConfig,
  readEmbedBlocks,
  readThemeExtensionHandle,
  readWebPixelConfig,
} from "./extension-files.ts";
import { listenerOf, notFound, redirect, script, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { loadInstallations, saveInstallations } from "./installations-file.ts";
import { answerAccessToken } from "./oauth.ts";
import { createIdSource, createOrderBook, type OrderBook, type OrderWish } from "./orders.ts";
import { appEvents, type AppEvents } from "./app-events.ts";
import { createShop, SHOP_SEEDS, type ShopSeed } from "./shop-seeds.ts";
import { answerSimulatorPage } from "./simulator-page.ts";
import { answerStorefront, EXTENSION_ASSETS } from "./storefront.ts";
import type { Order, Shop } from "./types.ts";
import { createWebhookSender, type WebhookDelivery, type WebhookFaults, type WebhookSender } from "./webhooks.ts";

export type ShopifySimulatorOptions = {
  /** Default: any free port. */
  readonly port?: number;
  /** SHOPIFY_APP_URL: what the admin's iframe loads and where webhooks go. */
  readonly appUrl: string;
  /** Where `appUrl` is reached from this process, when its host name is simulated too. Default: `appUrl`. */
  readonly appAddress?: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The app's own configuration, extension folders and built web pixel. Default: this repository's. */
  readonly deployed?: Partial<DeployedApp>;
  readonly shops?: readonly ShopSeed[];
  /** Keeps installations (tokens, web pixel, metafields, embeds) between runs. Default: memory only. */
  readonly stateFile?: string;
  readonly now?: () => Date;
};

export type ShopifySimulator = AppEvents & {
  readonly port: number;
  readonly shops: readonly Shop[];
  /** By handle or myshopify domain; throws for a shop that is not simulated. */
  shop(name: string): Shop;
  /** Every order of every shop, oldest first. */
  readonly orders: readonly Order[];
  readonly webhooks: readonly WebhookDelivery[];
  /** Change its fields to make the next deliveries fail in a certain way. */
  readonly faults: WebhookFaults;
  /** Access and refresh requests and GraphQL calls so far: proves who called Shopify, and how often. */
  readonly calls: { readonly oauth: number; readonly graphql: number };
  /** The merchant agrees to the installation, without the page. */
  install(shop: string): void;
  /** Switches all app embeds on or off, as the theme editor does. */
  setEmbeds(shop: string, on: boolean): void;
  placeOrder(shop: string, wish: OrderWish): Order;
  markPaid(order: Order): void;
  cancelOrder(order: Order): void;
  /** Sends a delivery's bytes again under the same webhook id. */
  repeat(delivery: WebhookDelivery): Promise<void>;
  /** Resolves when no webhook is on its way. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const THIS_APP: DeployedApp = {
  appConfig: "shopify.app.toml",
  webPixelFolder: "extensions/tandem-web-pixel",
  webPixelBundle: "build/extensions/tandem-web-pixel.js",
  themeFolder: "extensions/tandem-theme-embed",
};

type Parts = {
  readonly shops: readonly Shop[];
  readonly orders: OrderBook;
  readonly webhooks: WebhookSender;
  readonly answer: (request: SimulatedRequest) => Promise<SimulatedReply>;
  readonly calls: { oauth: number; graphql: number };
  readonly events: AppEvents;
  readonly pages: AdminPagesContext;
};

const domainOf = (name: string): string => (name.includes(".") ? name : `${name}.myshopify.com`);

/** Starts Shopify: `<shop>.myshopify.com`, `admin.shopify.com` and `cdn.shopify.com` behind one port, told by Host. */
export async function startShopifySimulator(options: ShopifySimulatorOptions): Promise<ShopifySimulator> {
  const parts = await assemble(options);
  const server = await startHttpsServer({
    listener: listenerOf(parts.answer),
    ...(options.port !== undefined && { port: options.port }),
  });
  const { shops, webhooks, orders, pages } = parts;
  const shop = (name: string): Shop => {
    const found = shops.find((known) => known.domain === domainOf(name));
    if (!found) throw new Error(`the simulator has no shop ${name}`);
    return found;
  };
  return {
    ...parts.events,
    port: server.port,
    shops,
    shop,
    get orders() {
      return shops.flatMap((known) => known.orders).sort((a, b) => Number(a.id) - Number(b.id));
    },
    webhooks: webhooks.deliveries,
    faults: webhooks.faults,
    calls: parts.calls,
    install: (name) => {
      installApp(shop(name), pages.config);
      pages.changed();
    },
    setEmbeds: (name, on) => {
      shop(name).installation.embeds = on ? pages.embedBlocks().map(({ handle }) => handle) : [];
      pages.changed();
    },
    placeOrder: (name, wish) => orders.place(shop(name), wish),
    markPaid: (order) => orders.markPaid(order),
    cancelOrder: (order) => orders.cancel(order),
    repeat: (delivery) => webhooks.repeat(delivery),
    settled: () => webhooks.settled(),
    close: async () => {
      await webhooks.close();
      await server.close();
    },
  };
}

async function assemble(options: ShopifySimulatorOptions): Promise<Parts> {
  const now = options.now ?? (() => new Date());
  const app = { apiKey: options.apiKey, apiSecret: options.apiSecret };
  const deployed: DeployedApp = { ...THIS_APP, ...options.deployed };
  const config = readAppConfig(deployed.appConfig);
  const webPixel = readWebPixelConfig(deployed.webPixelFolder);
  const bundles = await buildClientBundles();
  const shops = (options.shops ?? SHOP_SEEDS).map(createShop);
  loadInstallations(options.stateFile ?? null, shops);
  const changed = (): void => saveInstallations(options.stateFile ?? null, shops);

  const appAddress = options.appAddress ?? options.appUrl;
  const webhooks = await createWebhookSender({ app, config, appUrl: options.appUrl, appAddress, now });
  const nextId = createIdSource(now);
  const shopOf = (domain: string): Shop => {
    const found = shops.find((shop) => shop.domain === domain);
    if (!found) throw new Error(`the simulator has no shop ${domain}`);
    return found;
  };
  const orders = createOrderBook({ now, webhooks, shopOf }, nextId);
  const events = appEvents({ shopOf: (name) => shopOf(domainOf(name)), webhooks, now, changed });
  const embedBlocks = () => readEmbedBlocks(deployed.themeFolder);
  const pages: AdminPagesContext = {
    app,
    config,
    appUrl: options.appUrl,
    shops,
    embedBlocks,
    themeExtension: readThemeExtensionHandle(deployed.themeFolder),
    shellScript: bundles["admin-shell"],
    now,
    changed,
  };
  const calls = { oauth: 0, graphql: 0 };
  const storefront = { deployed, webPixel, embedBlocks, bundles, orders, nextId };
  const actions = merchantActions({ shops, orders, webhooks, events });

  const onShop = (shop: Shop, request: SimulatedRequest): Promise<SimulatedReply> | SimulatedReply => {
    const { pathname, search } = request.url;
    if (pathname === "/admin/oauth/access_token") {
      calls.oauth += 1;
      return answerAccessToken(shop, request, { app, now, scopes: config.scopes, changed });
    }
    if (adminApiVersionOf(pathname) !== null) {
      calls.graphql += 1;
      return answerAdminGraphql(request, { shop, apiKey: app.apiKey, webPixel, now, changed });
    }
    if (pathname.startsWith("/admin")) {
      return redirect(`https://admin.shopify.com/store/${shop.handle}${pathname.slice("/admin".length)}${search}`);
    }
    return answerStorefront(shop, request, storefront);
  };

  const answer = async (request: SimulatedRequest): Promise<SimulatedReply> => {
    if (request.host === "cdn.shopify.com") return answerCdn(request, deployed.themeFolder, bundles["app-bridge"]);
    if (request.host === "admin.shopify.com") {
      const page = answerSimulatorPage(request, {
        shops,
        deliveries: webhooks.deliveries,
        apiKey: app.apiKey,
        actions,
      });
      return page ?? (await answerAdmin(request, pages)) ?? notFound("This page of the admin is not simulated.");
    }
    const shop = shops.find((known) => known.domain === request.host);
    return shop ? onShop(shop, request) : notFound(`The simulator does not answer for ${request.host}.`);
  };
  return { shops, orders, webhooks, answer, calls, events, pages };
}

type ActionParts = Pick<Parts, "shops" | "orders" | "webhooks" | "events">;

/** The buttons of the simulator's page. */
function merchantActions({ shops, orders, webhooks, events }: ActionParts) {
  return {
    "mark-paid": (id: string): void => {
      const order = shops.flatMap((shop) => shop.orders).find((known) => known.id === id);
      if (order) orders.markPaid(order);
    },
    uninstall: (domain: string): void => events.uninstall(domain),
    repeat: (webhookId: string): void => {
      const delivery = webhooks.deliveries.find((known) => known.webhookId === webhookId);
      if (delivery) void webhooks.repeat(delivery);
    },
  };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
};

/** https://cdn.shopify.com: App Bridge and the theme extension's assets. */
function answerCdn(request: SimulatedRequest, themeFolder: string, appBridge: string): SimulatedReply {
  const { pathname } = request.url;
  if (pathname === "/shopifycloud/app-bridge.js") return script(appBridge);
  const assets = new URL(EXTENSION_ASSETS).pathname;
  const file = pathname.startsWith(`${assets}/`) ? /^[\w.-]+$/.exec(pathname.slice(assets.length + 1))?.[0] : undefined;
  const type = CONTENT_TYPES[file?.split(".").at(-1) ?? ""];
  if (file === undefined || type === undefined) return notFound("The CDN has no such file.");
  const body = readFileSync(join(themeFolder, "assets", file));
  return { status: 200, headers: { "content-type": type, "access-control-allow-origin": "*" }, body };
}
