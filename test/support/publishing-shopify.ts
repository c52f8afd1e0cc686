import type { AdminAnswer, AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";

type Sent = { readonly operation: string; readonly variables: unknown };

type Subscription = { readonly id: string } & Readonly<Record<string, unknown>>;

/** One shop's own subscriptions, as Shopify keeps them. */
function subscriptionsOf(subscriptions: Subscription[]) {
  const done = { userErrors: [] };
  return (name: string, variables: Readonly<Record<string, unknown>>): object | null => {
    const others = subscriptions.filter(({ id }) => id !== variables["id"]);
    const input = variables["subscription"] as object | undefined;
    switch (name) {
      case "TandemCustomerSubscriptions":
        return { webhookSubscriptions: { nodes: subscriptions } };
      case "TandemSubscribeToCustomers":
        subscriptions.push({ id: `gid://shopify/WebhookSubscription/${subscriptions.length + 1}`, ...input });
        return { webhookSubscriptionCreate: done };
      case "TandemChangeSubscription":
        subscriptions.splice(0, subscriptions.length, ...others, { id: String(variables["id"]), ...input });
        return { webhookSubscriptionUpdate: done };
      case "TandemEndSubscription":
        subscriptions.splice(0, subscriptions.length, ...others);
        return { webhookSubscriptionDelete: done };
      default:
        return null;
    }
  };
}

/** The part of Shopify that publishing uses: at most one web pixel, and what was sent. `refusals` replace its answers. */
export function aPublishingShopify(
  given: { webPixel?: string | null; domains?: readonly string[]; refusals?: Record<string, AdminAnswer> } = {},
) {
  let webPixel = given.webPixel ?? null;
  const sent: Sent[] = [];
  const subscriptions: Subscription[] = [];
  const aboutSubscriptions = subscriptionsOf(subscriptions);
  const answered = (data: unknown): AdminAnswer => ({ kind: "answered", data });
  const pixelError = (code: string, message: string) => ({
    webPixel: null,
    userErrors: [{ field: null, message, code }],
  });

  const admin: AdminGraphql = async (operation, variables = {}) => {
    sent.push({ operation, variables });
    const name = /(?:query|mutation) (\w+)/.exec(operation)?.[1] ?? "";
    const refusal = given.refusals?.[name];
    if (refusal !== undefined) return refusal;
    const aboutThem = aboutSubscriptions(name, variables);
    if (aboutThem !== null) return answered(aboutThem);
    switch (name) {
      case "TandemShopFacts":
        return answered({
          shop: {
            name: "Example",
            currencyCode: "EUR",
            ianaTimezone: "Europe/Berlin",
            plan: { publicDisplayName: "Basic" },
            shopAddress: { countryCodeV2: "DE" },
          },
          currentAppInstallation: { id: "gid://shopify/AppInstallation/1" },
        });
      case "TandemShopDomains":
        return answered({
          shop: {
            myshopifyDomain: "example.myshopify.com",
            primaryDomain: { host: "www.example.com" },
            domains: (given.domains ?? ["www.example.com"]).map((host) => ({ host })),
          },
        });
      case "TandemPublishMetafields":
        return answered({ metafieldsSet: { metafields: [{ id: "1" }, { id: "2" }], userErrors: [] } });
      case "TandemCreateWebPixel":
        if (webPixel !== null) return answered({ webPixelCreate: pixelError("TAKEN", "Taken.") });
        webPixel = "gid://shopify/WebPixel/1";
        return answered({ webPixelCreate: { webPixel: { id: webPixel }, userErrors: [] } });
      case "TandemUpdateWebPixel":
        if (webPixel !== variables["id"]) return answered({ webPixelUpdate: pixelError("NOT_FOUND", "Not found.") });
        return answered({ webPixelUpdate: { webPixel: { id: webPixel }, userErrors: [] } });
      case "TandemCurrentWebPixel":
        return answered({ webPixel: { id: webPixel } });
      default:
        throw new Error(`unexpected operation ${name}`);
    }
  };
  const variablesOf = (name: string) => sent.find(({ operation }) => operation.includes(name))?.variables;
  return { sent, subscriptions, variablesOf, admin };
}
