import { shopDomain } from "../../event-contract/event-id.ts";
import { type Fields, fieldsOfText } from "../../event-contract/json.ts";
import type { VerifiedWebhook } from "../types.ts";

/** Why a body with a valid signature is not the webhook that its headers name. */
export type BodyMismatch = "not-an-object" | "another-shop" | "another-topic";

type Delivery = Pick<VerifiedWebhook, "shop" | "topic" | "body">;

/**
 * Shopify signs the body alone, and signs other texts with the same secret: session tokens, App proxy requests, OAuth
 * and admin addresses. Merchants see those texts and their signatures, and `X-Shopify-Shop-Domain` and
 * `X-Shopify-Topic` are not signed. So a body is accepted only where it is a JSON object that starts with its brace, and
 * where nothing in it contradicts the headers (decision 47). Null: nothing does.
 */
export function bodyMismatch({ shop, topic, body }: Delivery): BodyMismatch | null {
  // Of an address's sorted parameters, one whose name starts with white space comes first: what it holds may read as JSON.
  // One whose name starts with a brace comes after Shopify's own.
  const fields = body.startsWith("{") ? fieldsOfText(body) : null;
  if (fields === null) return "not-an-object";
  if (namesAnotherShop(fields, shop)) return "another-shop";
  return isOfAnotherTopic(fields, topic) ? "another-topic" : null;
}

/** Compliance webhooks name the shop as `shop_domain`, app/uninstalled as `myshopify_domain`, or not at all. */
const namesAnotherShop = (fields: Fields, shop: Delivery["shop"]): boolean =>
  [fields["shop_domain"], fields["myshopify_domain"]].some((named) => (shopDomain(named) ?? shop) !== shop);

const ABOUT_THE_APP = /^(?:app|shop|customers)\//;
const OF_A_RESOURCE = /^gid:\/\/shopify\/(?!Shop\/|App\w*\/)\w/;
/** What the other webhooks about the app carry and `shop/redact` does not: that one erases a whole shop. */
const NOT_OF_SHOP_REDACT = ["customer", "orders_to_redact", "orders_requested", "previous", "current"];

function isOfAnotherTopic(fields: Fields, topic: string): boolean {
  const gid = fields["admin_graphql_api_id"];
  if (ABOUT_THE_APP.test(topic) && typeof gid === "string" && OF_A_RESOURCE.test(gid)) return true;
  return topic === "shop/redact" && NOT_OF_SHOP_REDACT.some((field) => field in fields);
}

const STATUS_URL = /"order_status_url":\s*"https:\\?\/\\?\/([a-z0-9-]+\.myshopify\.com)\\?\//i;

/**
 * The shop whose `myshopify.com` domain an order's status page has; null where the page has a domain of the merchant's.
 * Not yet a contradiction: a merchant may have given the shop a second such name.
 */
export const shopOfStatusPage = (body: string): VerifiedWebhook["shop"] | null =>
  body.includes('"order_status_url"') ? shopDomain(STATUS_URL.exec(body)?.[1]) : null;
