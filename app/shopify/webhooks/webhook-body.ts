import { shopDomain } from "../../event-contract/event-id.ts";
import { type Fields, fieldsOfText } from "../../event-contract/json.ts";
import type { VerifiedWebhook } from "../types.ts";

/** Why a body with a valid signature does not belong to the webhook that its headers name. */
export type BodyMismatch = "not-an-object" | "another-shop" | "another-topic";

type Delivery = Pick<VerifiedWebhook, "shop" | "topic" | "body">;

/**
 * Shopify signs only the body, and signs other texts with the same secret: session tokens, app proxy requests, OAuth
 * and admin URLs. Merchants can see those texts with their signatures, and `X-Shopify-Shop-Domain` and
 * `X-Shopify-Topic` are not signed. So a body is only accepted if it is a JSON object that starts with its brace and
 * does not contradict the headers (decision 47). Null: no contradiction.
 */
export function bodyMismatch({ shop, topic, body }: Delivery): BodyMismatch | null {
  // In a URL's sorted parameters, a name that starts with white space comes first, and its value may read as JSON. A
  // name that starts with a brace comes after Shopify's own.
  const fields = body.startsWith("{") ? fieldsOfText(body) : null;
  if (fields === null) return "not-an-object";
  if (namesAnotherShop(fields, shop)) return "another-shop";
  return isOfAnotherTopic(fields, topic) ? "another-topic" : null;
}

/** Compliance webhooks name the shop as `shop_domain`, app/uninstalled as `myshopify_domain`, or not at all. */
const namesAnotherShop = (fields: Fields, shop: Delivery["shop"]): boolean =>
  [fields["shop_domain"], fields["myshopify_domain"]].some((named) => (shopDomain(named) ?? shop) !== shop);

const ABOUT_THE_APP = /^(?:app|shop|customers)\//;
/** The one topic under `customers/` that is about a customer of the shop. */
const ABOUT_A_CUSTOMER = "customers/update";
const OF_A_CUSTOMER = /^gid:\/\/shopify\/Customer\/\d/;
const OF_A_RESOURCE = /^gid:\/\/shopify\/(?!Shop\/|App\w*\/)\w/;
/** Fields of the other webhooks about the app that `shop/redact` never has, because it erases a whole shop. */
const NOT_OF_SHOP_REDACT = ["customer", "orders_to_redact", "orders_requested", "previous", "current"];

function isOfAnotherTopic(fields: Fields, topic: string): boolean {
  const gid = fields["admin_graphql_api_id"];
  if (topic === ABOUT_A_CUSTOMER) return typeof gid !== "string" || !OF_A_CUSTOMER.test(gid);
  if (ABOUT_THE_APP.test(topic) && typeof gid === "string" && OF_A_RESOURCE.test(gid)) return true;
  return topic === "shop/redact" && NOT_OF_SHOP_REDACT.some((field) => field in fields);
}

const STATUS_URL = /"order_status_url":\s*"https:\\?\/\\?\/([a-z0-9-]+\.myshopify\.com)\\?\//i;

/**
 * The shop in an order's status page URL, if that is a `myshopify.com` domain; null if the merchant uses another
 * domain. Not yet a contradiction, because a shop may have a second such domain.
 */
export const shopOfStatusPage = (body: string): VerifiedWebhook["shop"] | null =>
  body.includes('"order_status_url"') ? shopDomain(STATUS_URL.exec(body)?.[1]) : null;
