import { randomInt } from "node:crypto";
import { installationId, metafieldNode, setMetafields } from "./app-metafields.ts";
import type { WebPixelConfig } from "./extension-files.ts";
import type { Flow } from "./flow.ts";
import { orderNode, ordersConnection } from "./order-node.ts";
import { amountText } from "./money.ts";
import type { Shop } from "./types.ts";
import { type SubscriptionContext, subscriptionMutations, subscriptionQueries } from "./webhook-subscriptions.ts";
import { checkWebPixelSettings, type WebPixelProblem } from "./web-pixel-settings.ts";

export type AdminContext = {
  readonly shop: Shop;
  readonly apiKey: string;
  readonly webPixel: WebPixelConfig;
  readonly flow: Pick<Flow, "receive">;
  readonly subscribed: SubscriptionContext["subscribed"];
  readonly appUrl: string;
  readonly now: () => Date;
  /** Called when something that Shopify would remember changed. */
  readonly changed: () => void;
};

type Args = Readonly<Record<string, unknown>>;
type Resolvers = Readonly<Record<string, (args: Args, context: AdminContext) => unknown>>;

const shopNode = (shop: Shop) => {
  const url = `https://${shop.domain}`;
  const address = {
    id: `gid://shopify/ShopAddress/${shop.id}`,
    address1: "1 Market Street",
    city: "Example",
    countryCodeV2: shop.country,
    countryCode: shop.country,
    zip: "10115",
    phone: null,
    province: null,
    provinceCode: null,
  };
  return {
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    myshopifyDomain: shop.domain,
    currencyCode: shop.currency,
    ianaTimezone: shop.timezone,
    taxesIncluded: shop.taxesIncluded,
    url,
    enabledPresentmentCurrencies: [...new Set(shop.markets.map((market) => market.currency))],
    plan: { displayName: "Basic", publicDisplayName: "Basic", shopifyPlus: false, partnerDevelopment: false },
    domains: [{ id: `gid://shopify/Domain/${shop.id}`, host: shop.domain, url, sslEnabled: true }],
    primaryDomain: { id: `gid://shopify/Domain/${shop.id}`, host: shop.domain, url, sslEnabled: true },
    billingAddress: address,
    shopAddress: address,
    metafield: () => null,
  };
};

const installationNode = (shop: Shop) => ({
  id: installationId(shop),
  launchUrl: `https://admin.shopify.com/store/${shop.handle}/apps/tandem`,
  uninstallUrl: null,
  accessScopes: shop.installation.scopes.map((handle) => ({ handle, description: handle })),
  metafield: ({ namespace, key }: Args) => {
    const metafield = shop.installation.metafields[`${String(namespace)}.${String(key)}`];
    return metafield ? metafieldNode(metafield) : null;
  },
});

const webPixelNode = (pixel: NonNullable<Shop["installation"]["webPixel"]>) => ({
  id: pixel.id,
  settings: JSON.stringify(pixel.settings),
});

const consentPolicyNodes = (shop: Shop) => {
  const countries = [...new Set([...shop.privacy.consentRequired, ...shop.privacy.saleOptOut])];
  return countries.map((countryCode) => ({
    id: `gid://shopify/ConsentPolicy/SD-${countryCode}`,
    shopId: `gid://shopify/Shop/${shop.id}`,
    countryCode,
    regionCode: null,
    consentRequired: shop.privacy.consentRequired.includes(countryCode),
    dataSaleOptOutRequired: shop.privacy.saleOptOut.includes(countryCode),
  }));
};

const equalsWhenGiven = (wanted: unknown, actual: unknown): boolean =>
  wanted === undefined || wanted === null || wanted === actual;

/** The app requests only orders and variants by `nodes`. */
function nodeOf(id: string, shop: Shop) {
  if (id.startsWith("gid://shopify/ProductVariant/")) return variantNode(id, shop);
  const order = shop.orders.find((candidate) => `gid://shopify/Order/${candidate.id}` === id);
  return order ? { __typename: "Order", ...orderNode(order, shop) } : null;
}

function variantNode(id: string, shop: Shop) {
  if (!shop.installation.scopes.includes("read_products")) {
    throw new Error("Access denied for nodes field. Required access: `read_products` access scope.");
  }
  const variant = shop.products
    .flatMap((product) => product.variants)
    .find((variant) => `gid://shopify/ProductVariant/${variant.id}` === id);
  if (!variant) return null;
  const { cost } = variant;
  const unitCost = cost === undefined ? null : { amount: amountText(cost, shop.currency), currencyCode: shop.currency };
  return {
    __typename: "ProductVariant",
    id,
    legacyResourceId: variant.id,
    title: variant.title,
    sku: variant.sku,
    inventoryItem: { id: `gid://shopify/InventoryItem/${variant.id}1`, unitCost },
  };
}

export const queries: Resolvers = {
  ...subscriptionQueries,
  shop: (_, { shop }) => shopNode(shop),
  currentAppInstallation: (_, { shop }) => installationNode(shop),
  webPixel: ({ id }, { shop }) => {
    const pixel = shop.installation.webPixel;
    if (pixel && equalsWhenGiven(id, pixel.id)) return webPixelNode(pixel);
    throw new Error("No web pixel was found for this app.");
  },
  order: ({ id }, { shop }) => {
    const order = shop.orders.find((candidate) => `gid://shopify/Order/${candidate.id}` === id);
    return order ? orderNode(order, shop) : null;
  },
  orders: (args, { shop }) => ordersConnection(shop, args),
  // The schema made the argument a list of ids.
  nodes: ({ ids }, { shop }) => (ids as readonly string[]).map((id) => nodeOf(id, shop)),
  consentPolicy: (args, { shop }) => {
    if (!shop.installation.scopes.includes("read_privacy_settings")) {
      throw new Error("Access denied for consentPolicy field. Required access: `read_privacy_settings` access scope.");
    }
    return consentPolicyNodes(shop).filter(
      (policy) =>
        equalsWhenGiven(args["countryCode"], policy.countryCode) &&
        equalsWhenGiven(args["consentRequired"], policy.consentRequired) &&
        equalsWhenGiven(args["dataSaleOptOutRequired"], policy.dataSaleOptOutRequired),
    );
  },
  consentPolicyRegions: (_, { shop }) =>
    consentPolicyNodes(shop).map(({ countryCode, regionCode }) => ({ countryCode, regionCode })),
};

const refusePixel = (...userErrors: WebPixelProblem[]) => ({ webPixel: null, userErrors });
const notFound: WebPixelProblem = { code: "NOT_FOUND", field: ["id"], message: "Web pixel not found." };

/** Arguments were checked against the schema before a resolver runs, so an input object is one. */
const inputOf = (args: Args, name: string): Args => args[name] as Args;

function saveWebPixel(args: Args, { shop, webPixel, changed }: AdminContext, id: string) {
  const checked = checkWebPixelSettings(inputOf(args, "webPixel")["settings"], webPixel);
  if (!checked.ok) return refusePixel(checked.problem);
  shop.installation.webPixel = { id, settings: checked.settings };
  shop.webPixelsSaved.push(checked.settings);
  changed();
  return { webPixel: webPixelNode(shop.installation.webPixel), userErrors: [] };
}

export const mutations: Resolvers = {
  ...subscriptionMutations,
  webPixelCreate: (args, context) => {
    const { installation } = context.shop;
    if (!installation.scopes.includes("write_pixels")) throw new Error("Access denied for webPixelCreate field.");
    if (installation.webPixel) {
      return refusePixel({ code: "TAKEN", field: ["webPixel"], message: "The web pixel exists already." });
    }
    // Each is a new one: a shop that comes back does not get the old one's ID again.
    return saveWebPixel(args, context, `gid://shopify/WebPixel/${randomInt(2 ** 40)}`);
  },
  webPixelUpdate: (args, context) => {
    const pixel = context.shop.installation.webPixel;
    return pixel && pixel.id === args["id"] ? saveWebPixel(args, context, pixel.id) : refusePixel(notFound);
  },
  webPixelDelete: (args, { shop, changed }) => {
    if (shop.installation.webPixel?.id !== args["id"]) return { deletedWebPixelId: null, userErrors: [notFound] };
    shop.installation.webPixel = null;
    changed();
    return { deletedWebPixelId: args["id"], userErrors: [] };
  },
  metafieldsSet: (args, context) => setMetafields(args, context),
  // Needs no scope; the deprecated `body` is of apps whose triggers Shopify made before handles.
  flowTriggerReceive: ({ handle, payload }, { shop, flow }) => ({ userErrors: flow.receive(shop, handle, payload) }),
};
