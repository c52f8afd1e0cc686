import { createHash } from "node:crypto";
import type { CustomerMetafield, ShopSubscription } from "./subscription-types.ts";
import type { Shop } from "./types.ts";
import { topicOf } from "./webhook-subscriptions.ts";
import type { WebhookSender } from "./webhooks.ts";

/** Somebody sets a metafield of a customer, in the admin, by an app or by Shopify Flow; null takes it away. */
export type MetafieldChange = {
  readonly customerId: string;
  readonly namespace: string;
  readonly key: string;
  readonly value: string | null;
  /** When it was set; absent: now. */
  readonly at?: Date;
};

type Parts = { readonly shop: Shop; readonly webhooks: WebhookSender; readonly now: () => Date };

const TOPIC = "CUSTOMERS_UPDATE";

/**
 * Sets a metafield and sends customers/update. Nothing is sent where the value is what it was (shopify.dev, changelog
 * "No-op for unchanged metafields and metaobjects", 2025-02).
 */
export function setCustomerMetafield({ customerId, namespace, key, value, at }: MetafieldChange, parts: Parts): void {
  if (!/^\d{1,20}$/.test(customerId)) throw new Error(`${customerId} is no customer's ID`);
  // shopify.dev, metafield limits: a namespace has 3 to 255 characters, a key 2 to 64.
  if (!/^[\w-]{3,255}$/.test(namespace) || !/^[\w-]{2,64}$/.test(key)) throw new Error("no metafield has this name");
  if (value === "") throw new Error("a metafield's value is never empty");
  const { customerMetafields } = parts.shop;
  const fields = customerMetafields.get(customerId) ?? [];
  const before = fields.find((field) => field.namespace === namespace && field.key === key);
  if ((before?.value ?? null) === value) return;
  const others = fields.filter((field) => field !== before);
  const moment = (at ?? parts.now()).toISOString();
  const field = value === null ? [] : [{ ...aField(customerId, namespace, key), value, updatedAt: moment }];
  customerMetafields.set(customerId, [...others, ...field]);
  updateCustomer(customerId, parts);
}

const aField = (customerId: string, namespace: string, key: string) => ({
  id: createHash("sha256").update(`${customerId}.${namespace}.${key}`).digest().readUInt32BE(),
  namespace,
  key,
});

/** Anything of the customer changed: Shopify tells every subscription whose filter the payload passes. */
export function updateCustomer(customerId: string, { shop, webhooks, now }: Parts): void {
  const at = now().toISOString();
  for (const subscription of shop.installation.subscriptions.filter(({ topic }) => topic === TOPIC)) {
    const payload = payloadFor(subscription, shop.customerMetafields.get(customerId) ?? [], { customerId, at });
    if (!passes(payload, subscription.filter)) continue;
    const sent = withFields(payload, subscription.includeFields);
    webhooks.publishTo(shop.domain, { topic: topicOf(TOPIC), uri: subscription.uri }, sent);
  }
}

/** The fields of shopify.dev's sample of customers/update that are of use here, and the metafields as REST shows them. */
function payloadFor(
  { metafields }: ShopSubscription,
  fields: readonly CustomerMetafield[],
  { customerId, at }: { readonly customerId: string; readonly at: string },
) {
  const isWanted = ({ namespace, key }: CustomerMetafield): boolean =>
    metafields.some((wanted) => wanted.namespace === namespace && wanted.key === key);
  return {
    id: Number(customerId),
    first_name: "Ada",
    note: null,
    state: "enabled",
    updated_at: at,
    admin_graphql_api_id: `gid://shopify/Customer/${customerId}`,
    metafields: fields.filter(isWanted).map(({ id, namespace, key, value, updatedAt }) => ({
      id,
      namespace,
      key,
      value,
      type: "single_line_text_field",
      description: null,
      owner_id: Number(customerId),
      owner_resource: "customer",
      created_at: updatedAt,
      updated_at: updatedAt,
      admin_graphql_api_id: `gid://shopify/Metafield/${id}`,
    })),
  };
}

type Payload = ReturnType<typeof payloadFor>;

/**
 * A filter is of the customer's state, not of what changed. Of a list it wants the terms together from one element
 * (shopify.dev, "Filter webhook deliveries", 2026-11); only what this app may write is read here.
 */
function passes({ metafields }: Payload, filter: string | null): boolean {
  if (filter === null) return true;
  const terms = filter.split(" AND ").map((term) => {
    const [, field, value] = /^metafields\.(namespace|key|value):(\*|[\w-]+)$/.exec(term) ?? [];
    if (field === undefined || value === undefined) throw new Error(`the simulator does not read the filter ${term}`);
    return { field: field as "namespace" | "key" | "value", value };
  });
  return metafields.some((metafield) => terms.every(({ field, value }) => value === "*" || metafield[field] === value));
}

/** `includeFields` names fields of the payload, of which no others stay. */
const withFields = (payload: Payload, names: readonly string[]): object =>
  names.length === 0 ? payload : Object.fromEntries(Object.entries(payload).filter(([name]) => names.includes(name)));
