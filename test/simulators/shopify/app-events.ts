import { type MetafieldChange, setCustomerMetafield, updateCustomer } from "./customer-metafields.ts";
import type { Buyer, Order, Shop } from "./types.ts";
import type { WebhookSender } from "./webhooks.ts";

/** The webhooks that are about the app or about people's data rather than about one order. */
export type AppEvents = {
  /** Revokes every token, forgets the web pixel, the app's metafields and subscriptions, and sends app/uninstalled. */
  uninstall(shop: string): void;
  /** The merchant changed the granted scopes. */
  updateScopes(shop: string, scopes: readonly string[]): void;
  /** Somebody gave a customer tags, or took them away. */
  changeTags(shop: string, change: { kind: "added" | "removed"; customerId: string; tags: readonly string[] }): void;
  /** Somebody set a metafield of a customer, or took it away. */
  changeMetafield(shop: string, change: MetafieldChange): void;
  /** Something else of a customer changed: a name, an address, an order. */
  changeCustomer(shop: string, customerId: string): void;
  /** A customer's right of access, for the customer of an order. */
  requestCustomerData(order: Order): void;
  redactCustomer(order: Order): void;
  /** What Shopify sends 48 hours after uninstallation. */
  redactShop(shop: string): void;
};

export type AppEventsContext = {
  readonly shopOf: (name: string) => Shop;
  readonly webhooks: WebhookSender;
  readonly now: () => Date;
  readonly changed: () => void;
};

const shopPayload = (shop: Shop) => ({
  id: Number(shop.id),
  name: shop.name,
  email: shop.email,
  domain: shop.domain,
  myshopify_domain: shop.domain,
  country: shop.country,
  country_code: shop.country,
  currency: shop.currency,
  iana_timezone: shop.timezone,
  plan_name: "basic",
  plan_display_name: "Basic",
  taxes_included: shop.taxesIncluded,
  has_storefront: true,
});

const customerOf = (order: Order, buyer: Buyer | null) => ({
  id: Number(order.customerId),
  email: buyer?.email ?? null,
  phone: buyer?.address.phone ?? null,
});

export function appEvents({ shopOf, webhooks, now, changed }: AppEventsContext): AppEvents {
  const shopFields = (shop: Shop) => ({ shop_id: Number(shop.id), shop_domain: shop.domain });
  return {
    uninstall(name) {
      const shop = shopOf(name);
      Object.assign(shop.installation, {
        installed: false,
        scopes: [],
        accessTokens: {},
        refreshTokens: [],
        webPixel: null,
        metafields: {},
        embeds: [],
        subscriptions: [],
      });
      changed();
      webhooks.publish(shop.domain, "app/uninstalled", shopPayload(shop));
    },
    updateScopes(name, scopes) {
      const shop = shopOf(name);
      const previous = shop.installation.scopes;
      shop.installation.scopes = [...scopes];
      changed();
      webhooks.publish(shop.domain, "app/scopes_update", {
        id: Number(shop.id),
        shop_id: `gid://shopify/Shop/${shop.id}`,
        previous,
        current: scopes,
        updated_at: now().toISOString(),
      });
    },
    // shopify.dev, webhook reference, 2026-07: these topics have a dot, and payloads of three fields.
    changeTags(name, { kind, customerId, tags }) {
      if (!/^\d{1,20}$/.test(customerId)) throw new Error(`${customerId} is no customer's ID`);
      // A tag has 255 characters, a customer 250 tags, and a change is of some (shopify.dev, tagsAdd; help, tag formats).
      if (tags.length === 0 || tags.length > 250) throw new Error("a change is of 1 to 250 tags");
      const wrong = tags.find((tag) => tag.trim() === "" || tag.includes(",") || tag.length > 255);
      if (wrong !== undefined) throw new Error(`“${wrong.slice(0, 20)}” is no tag`);
      const payload = { customerId: `gid://shopify/Customer/${customerId}`, tags, occurredAt: now().toISOString() };
      webhooks.publish(shopOf(name).domain, `customer.tags_${kind}`, payload);
    },
    changeMetafield: (name, change) => setCustomerMetafield(change, { shop: shopOf(name), webhooks, now }),
    changeCustomer: (name, customerId) => updateCustomer(customerId, { shop: shopOf(name), webhooks, now }),
    requestCustomerData(order) {
      webhooks.publish(order.shop, "customers/data_request", {
        ...shopFields(shopOf(order.shop)),
        customer: customerOf(order, order.buyer),
        orders_requested: [Number(order.id)],
        data_request: { id: now().getTime() },
      });
    },
    redactCustomer(order) {
      webhooks.publish(order.shop, "customers/redact", {
        ...shopFields(shopOf(order.shop)),
        customer: customerOf(order, order.buyer),
        orders_to_redact: [Number(order.id)],
      });
    },
    redactShop(name) {
      const shop = shopOf(name);
      webhooks.publish(shop.domain, "shop/redact", shopFields(shop));
    },
  };
}
