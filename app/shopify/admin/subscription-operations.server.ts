import { z } from "zod";

// Admin GraphQL 2026-10: a shop's own subscription to one metafield of its customers (`customers/update`, which Shopify
// sends for a new value of a metafield, and for any other change). Those of shopify.app.toml are the same for every shop,
// and in none of these answers.

const FIELDS = "id uri filter includeFields metafields { namespace key }";

export const CUSTOMER_SUBSCRIPTIONS = `#graphql
  query TandemCustomerSubscriptions {
    webhookSubscriptions(first: 25, topics: [CUSTOMERS_UPDATE]) {
      nodes { ${FIELDS} }
    }
  }`;

export const SUBSCRIBE_TO_CUSTOMERS = `#graphql
  mutation TandemSubscribeToCustomers($subscription: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: CUSTOMERS_UPDATE, webhookSubscription: $subscription) {
      userErrors { field message }
    }
  }`;

export const CHANGE_SUBSCRIPTION = `#graphql
  mutation TandemChangeSubscription($id: ID!, $subscription: WebhookSubscriptionInput!) {
    webhookSubscriptionUpdate(id: $id, webhookSubscription: $subscription) {
      userErrors { field message }
    }
  }`;

export const END_SUBSCRIPTION = `#graphql
  mutation TandemEndSubscription($id: ID!) {
    webhookSubscriptionDelete(id: $id) {
      userErrors { field message }
    }
  }`;

/** What a subscription says; both sides of a comparison, and the input of the two mutations. */
export type Subscription = {
  readonly uri: string;
  readonly filter: string;
  readonly includeFields: readonly string[];
  readonly metafields: readonly { readonly namespace: string; readonly key: string }[];
};

export type KnownSubscription = { readonly id: string; readonly says: Subscription };

/**
 * Only customers who have the metafield, and of them nothing but the metafield. A filter is of the customer's state, not
 * of what changed (shopify.dev, "Filter webhook deliveries", 2026-11), so their other changes come as well. The gid
 * is there because a body without one could be taken for a webhook about the app (decision 47).
 */
export const subscriptionTo = ({ namespace, key }: Subscription["metafields"][number], uri: string): Subscription => ({
  uri,
  filter: `metafields.namespace:${namespace} AND metafields.key:${key} AND metafields.value:*`,
  includeFields: ["id", "admin_graphql_api_id", "updated_at", "metafields"],
  metafields: [{ namespace, key }],
});

const Metafield = z.object({ namespace: z.string(), key: z.string() });
const Answer = z.object({
  webhookSubscriptions: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        uri: z.string(),
        filter: z.string().nullable(),
        includeFields: z.array(z.string()),
        metafields: z.array(Metafield),
      }),
    ),
  }),
});

/** The answer of CUSTOMER_SUBSCRIPTIONS. */
export const knownSubscriptions = (answer: unknown): readonly KnownSubscription[] =>
  Answer.parse(answer).webhookSubscriptions.nodes.map(({ id, filter, ...says }) => ({
    id,
    says: { ...says, filter: filter ?? "" },
  }));

const Payload = z.object({ userErrors: z.array(z.object({ message: z.string() })) }).nullish();
const Change = z.object({
  webhookSubscriptionCreate: Payload,
  webhookSubscriptionUpdate: Payload,
  webhookSubscriptionDelete: Payload,
});

/** What Shopify had against one of the mutations; empty on success. These errors have no codes. */
export function subscriptionErrors(answer: unknown): readonly string[] {
  const change = Change.parse(answer);
  const payload =
    change.webhookSubscriptionCreate ?? change.webhookSubscriptionUpdate ?? change.webhookSubscriptionDelete;
  return payload?.userErrors.map(({ message }) => message) ?? [];
}
