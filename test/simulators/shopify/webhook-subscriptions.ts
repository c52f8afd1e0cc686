import { randomInt } from "node:crypto";
import type { AppConfig } from "./extension-files.ts";
import type { ShopSubscription } from "./subscription-types.ts";
import type { Shop } from "./types.ts";

type Args = Readonly<Record<string, unknown>>;

/** What the mutations and queries about a shop's own subscriptions need of the Admin API's context. */
export type SubscriptionContext = {
  readonly shop: Shop;
  /** What shopify.app.toml subscribes to. */
  readonly subscribed: AppConfig["subscriptions"];
  readonly appUrl: string;
  readonly now: () => Date;
  readonly changed: () => void;
};

type Problem = { readonly field: readonly string[]; readonly message: string };

// The scopes of the topics that the app may ask for (Admin GraphQL 2026-10, WebhookSubscriptionTopic).
const SCOPES: Readonly<Record<string, string>> = {
  CUSTOMERS_UPDATE: "read_customers",
  CUSTOMERS_CREATE: "read_customers",
  ORDERS_UPDATED: "read_orders",
  PRODUCTS_UPDATE: "read_products",
};

/** `CUSTOMERS_UPDATE` is `customers/update` in headers and in shopify.app.toml. */
export const topicOf = (name: string): string => {
  const [resource = "", ...rest] = name.toLowerCase().split("_");
  return `${resource}/${rest.join("_")}`;
};

const at = (name: string, message: string): Problem => ({ field: ["webhookSubscription", name], message });

// Shopify wants HTTPS. The app itself stands beside the simulator, at the address to which webhooks go.
const isReachable = (uri: string, appUrl: string): boolean =>
  URL.canParse(uri) && (new URL(uri).protocol === "https:" || new URL(uri).origin === new URL(appUrl).origin);

// shopify.dev, "Filter webhook deliveries", 2026-11: terms of a payload's field and a value, joined by AND and OR.
const TERM = /^\(?[a-z_][\w.]*:(?:[<>]=?)?(?:\*|[\w./@-]+|"[^"]*")\)?$/;
const isFilter = (text: string): boolean =>
  text
    .trim()
    .split(/\s+(?:AND|OR)\s+/)
    .every((term) => TERM.test(term));

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const metafieldsIn = (value: unknown): ShopSubscription["metafields"] =>
  Array.isArray(value)
    ? value.map((one: Args) => ({ namespace: textIn(one["namespace"]) || "$app", key: textIn(one["key"]) }))
    : [];

function inputOf(args: Args, topic: string): Omit<ShopSubscription, "id" | "createdAt" | "updatedAt"> {
  const input = args["webhookSubscription"] as Args; // the schema made it an input object
  return {
    topic,
    uri: textIn(input["uri"]) || textIn(input["callbackUrl"]),
    filter: typeof input["filter"] === "string" ? input["filter"] : null,
    includeFields: textsIn(input["includeFields"]),
    metafields: metafieldsIn(input["metafields"]),
  };
}

/** A subscription that Shopify would refuse, by its own user errors; null: it is taken. */
function problemOf(wanted: ReturnType<typeof inputOf>, context: SubscriptionContext, id?: string): Problem | null {
  if (!isReachable(wanted.uri, context.appUrl)) return at("callbackUrl", "Address is invalid");
  if (wanted.filter !== null && !isFilter(wanted.filter)) return at("filter", "The specified filter is invalid");
  const others = context.shop.installation.subscriptions.filter((one) => one.id !== id);
  // Shopify's own words for a second subscription of one topic and address; those of shopify.app.toml count as well.
  const isTaken =
    others.some(({ topic, uri }) => topic === wanted.topic && uri === wanted.uri) ||
    context.subscribed.some(
      ({ topics, uri }) =>
        topics.includes(topicOf(wanted.topic)) && new URL(uri, context.appUrl).href === new URL(wanted.uri).href,
    );
  if (isTaken) return at("callbackUrl", "Address for this topic has already been taken");
  const unreadable = wanted.metafields.find(({ namespace, key }) => !/^[\w$:-]{3,255}$/.test(namespace) || key === "");
  return unreadable ? at("metafields", "Metafields is invalid") : null;
}

const node = (subscription: ShopSubscription) => ({ __typename: "WebhookSubscription", ...subscription });
const refused = (problem: Problem) => ({ webhookSubscription: null, userErrors: [problem] });
const gone = "Webhook subscription does not exist";

export const subscriptionQueries = {
  webhookSubscriptions: ({ topics, first, last }: Args, { shop }: SubscriptionContext) => {
    if (typeof first !== "number" && typeof last !== "number") {
      throw new Error("you must provide one of first or last");
    }
    const wanted = textsIn(topics);
    const known = shop.installation.subscriptions.filter(({ topic }) => wanted.length === 0 || wanted.includes(topic));
    return { nodes: known.slice(0, Number(first ?? last)).map(node) };
  },
};

export const subscriptionMutations = {
  webhookSubscriptionCreate: (args: Args, context: SubscriptionContext) => {
    const { installation } = context.shop;
    const topic = String(args["topic"]);
    const scope = SCOPES[topic];
    if (scope === undefined) throw new Error(`the simulator knows no scope of the topic ${topic}`);
    if (!installation.scopes.includes(scope)) {
      return refused(
        at("topic", `You do not have permission to create or update webhooks with ${topicOf(topic)} topic`),
      );
    }
    const wanted = inputOf(args, topic);
    const problem = problemOf(wanted, context);
    if (problem !== null) return refused(problem);
    const moment = context.now().toISOString();
    const id = `gid://shopify/WebhookSubscription/${randomInt(2 ** 40)}`;
    const made = { ...wanted, id, createdAt: moment, updatedAt: moment };
    installation.subscriptions.push(made);
    context.changed();
    return { webhookSubscription: node(made), userErrors: [] };
  },
  webhookSubscriptionUpdate: (args: Args, context: SubscriptionContext) => {
    const { subscriptions } = context.shop.installation;
    const known = subscriptions.find(({ id }) => id === args["id"]);
    if (known === undefined) return refused({ field: ["id"], message: gone });
    const wanted = inputOf(args, known.topic);
    const problem = problemOf(wanted, context, known.id);
    if (problem !== null) return refused(problem);
    Object.assign(known, wanted, { updatedAt: context.now().toISOString() });
    context.changed();
    return { webhookSubscription: node(known), userErrors: [] };
  },
  webhookSubscriptionDelete: ({ id }: Args, { shop, changed }: SubscriptionContext) => {
    const { subscriptions } = shop.installation;
    const n = subscriptions.findIndex((one) => one.id === id);
    if (n < 0) return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ["id"], message: gone }] };
    subscriptions.splice(n, 1);
    changed();
    return { deletedWebhookSubscriptionId: id, userErrors: [] };
  },
};
