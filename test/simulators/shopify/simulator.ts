import { existsSync } from "node:fs";
import { startHttpsServer } from "../https-server.ts";
import { installApp } from "./admin-pages.ts";
import { appEvents, type AppEvents } from "./app-events.ts";
import { buildClientBundles } from "./client-bundles.ts";
import {
  type DeployedApp,
  readAppConfig,
  readEmbedBlocks,
  readThemeExtensionHandle,
  readWebPixelConfig,
} from "./extension-files.ts";
import { createFlow, type Flow } from "./flow.ts";
import { readFlowExtensions } from "./flow-extensions.ts";
import { listenerOf } from "./http.ts";
import { loadInstallations, saveInstallations } from "./installations-file.ts";
import { createIdSource, createOrderBook, type OrderBook, type OrderWish } from "./orders.ts";
import { readOrderBlock } from "./order-page.ts";
import { type RoutesContext, routesOf } from "./routes.ts";
import { createShop, SHOP_SEEDS, type ShopSeed } from "./shop-seeds.ts";
import type { Order, Shop } from "./types.ts";
import {
  appAgent,
  createWebhookSender,
  type WebhookDelivery,
  type WebhookFaults,
  type WebhookSender,
} from "./webhooks.ts";

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
  /** Shopify Flow, with the app's actions and triggers. */
  readonly flow: Flow;
  /** Shopify keeps what its Admin API is asked about this shop, until the returned function is called. */
  holdAdminApi(shop: string): () => void;
  /** The merchant agrees to the installation, without the page. */
  install(shop: string): void;
  /** Switches all app embeds on or off, as the theme editor does. */
  setEmbeds(shop: string, on: boolean): void;
  placeOrder(shop: string, wish: OrderWish): Order;
  markPaid(order: Order, at?: Date): void;
  removeLines(...what: Parameters<OrderBook["removeLines"]>): void;
  cancelOrder(order: Order): void;
  fulfillOrder(...what: Parameters<OrderBook["fulfill"]>): void;
  trackParcel(...what: Parameters<OrderBook["track"]>): void;
  tagOrder(...what: Parameters<OrderBook["tag"]>): void;
  refundOrder(order: Order, what: Parameters<OrderBook["refund"]>[1]): void;
  /** Sends a delivery's bytes again under the same webhook id. */
  repeat(delivery: WebhookDelivery): Promise<void>;
  /** Resolves when no webhook is in flight. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const THIS_APP: DeployedApp = {
  appConfig: "shopify.app.toml",
  webPixelFolder: "extensions/tandem-web-pixel",
  webPixelBundle: "build/extensions/tandem-web-pixel.js",
  themeFolder: "extensions/tandem-theme-embed",
  orderBlock: { folder: "extensions/order-block", bundle: "build/extensions/tandem-order-block.js" },
  flowFolder: "extensions",
};

type Parts = {
  readonly shops: readonly Shop[];
  readonly orders: OrderBook;
  readonly webhooks: WebhookSender;
  readonly events: AppEvents;
  readonly flow: Flow;
  readonly closeFlow: () => Promise<void>;
  readonly routes: RoutesContext;
};

/** By handle or myshopify domain. */
function shopNamed(shops: readonly Shop[], name: string): Shop {
  const domain = name.includes(".") ? name : `${name}.myshopify.com`;
  const known = shops.find((shop) => shop.domain === domain);
  if (!known) throw new Error(`the simulator has no shop ${name}`);
  return known;
}

/** Starts Shopify: `<shop>.myshopify.com`, `admin.shopify.com` and Shopify's other hosts behind one port, told by Host. */
export async function startShopifySimulator(options: ShopifySimulatorOptions): Promise<ShopifySimulator> {
  const parts = await assemble(options);
  const server = await startHttpsServer({
    listener: listenerOf(routesOf(parts.routes)),
    ...(options.port !== undefined && { port: options.port }),
  });
  const { shops, webhooks, orders } = parts;
  const { pages, calls } = parts.routes;
  const shop = (name: string): Shop => shopNamed(shops, name);
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
    calls,
    flow: parts.flow,
    holdAdminApi: (name) => {
      let release = (): void => undefined;
      shop(name).adminHeld = new Promise((resolve) => (release = resolve));
      return () => {
        shop(name).adminHeld = null;
        release();
      };
    },
    install: (name) => {
      installApp(shop(name), pages.config);
      pages.changed();
    },
    setEmbeds: (name, on) => {
      shop(name).installation.embeds = on ? pages.embedBlocks().map(({ handle }) => handle) : [];
      pages.changed();
    },
    placeOrder: (name, wish) => orders.place(shop(name), wish),
    markPaid: (order, at) => orders.markPaid(order, at),
    removeLines: (...what) => orders.removeLines(...what),
    cancelOrder: (order) => orders.cancel(order),
    fulfillOrder: (...what) => orders.fulfill(...what),
    trackParcel: (...what) => orders.track(...what),
    tagOrder: (...what) => orders.tag(...what),
    refundOrder: (order, what) => orders.refund(order, what),
    repeat: (delivery) => webhooks.repeat(delivery),
    settled: () => webhooks.settled(),
    close: async () => {
      await webhooks.close();
      await parts.closeFlow();
      await server.close();
    },
  };
}

/** What Shopify knows of the app after a deploy; an app that could not be deployed is refused with the reason. */
function readDeployedApp(options: ShopifySimulatorOptions) {
  const deployed: DeployedApp = { ...THIS_APP, ...options.deployed };
  if (!existsSync(deployed.webPixelBundle)) {
    throw new Error(
      `${deployed.webPixelBundle} is missing: build the extensions first (node app/scripts/build-extensions.mjs)`,
    );
  }
  return { deployed, config: readAppConfig(deployed.appConfig), webPixel: readWebPixelConfig(deployed.webPixelFolder) };
}

async function assemble(options: ShopifySimulatorOptions): Promise<Parts> {
  const now = options.now ?? (() => new Date());
  const app = { apiKey: options.apiKey, apiSecret: options.apiSecret };
  const { deployed, config, webPixel } = readDeployedApp(options);
  const bundles = await buildClientBundles();
  const shops = (options.shops ?? SHOP_SEEDS).map(createShop);
  loadInstallations(options.stateFile ?? null, shops);
  const changed = (): void => saveInstallations(options.stateFile ?? null, shops);

  const { appUrl, appAddress = appUrl } = options;
  const webhooks = await createWebhookSender({ app, config, appUrl, appAddress, now });
  const agent = await appAgent(appAddress);
  const flow = createFlow({ app, extensions: readFlowExtensions(deployed.flowFolder, appUrl), agent, now });
  const nextId = createIdSource(now);
  const shopOf = (name: string): Shop => shopNamed(shops, name);
  const orders = createOrderBook({ now, webhooks, shopOf }, nextId);
  const events = appEvents({ shopOf, webhooks, now, changed });
  const embedBlocks = () => readEmbedBlocks(deployed.themeFolder);
  const actions = merchantActions({ shops, orders, webhooks, events });
  return {
    shops,
    orders,
    webhooks,
    events,
    flow,
    closeFlow: () => agent.destroy(),
    routes: {
      flow,
      calls: { oauth: 0, graphql: 0 },
      webPixel,
      storefront: { deployed, webPixel, embedBlocks, bundles, orders, nextId },
      simulatorPage: { shops, deliveries: webhooks.deliveries, apiKey: app.apiKey, actions },
      pages: {
        app,
        config,
        appUrl,
        shops,
        embedBlocks,
        themeExtension: readThemeExtensionHandle(deployed.themeFolder),
        shellScript: bundles["admin-shell"],
        orderBlock: deployed.orderBlock && readOrderBlock(deployed.orderBlock),
        orderScript: bundles["admin-order"],
        now,
        changed,
      },
    },
  };
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
