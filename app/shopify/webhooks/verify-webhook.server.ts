import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { shopDomain } from "../../event-contract/event-id.ts";
import { bodyMismatch } from "./webhook-body.ts";
import type { VerifiedWebhook } from "../types.ts";

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type Verification =
  | { readonly kind: "verified"; readonly webhook: VerifiedWebhook }
  | { readonly kind: "bad-hmac" }
  /** Signed with the app's secret, but not as this webhook (webhook-body.ts). */
  | { readonly kind: "not-this-webhook" }
  | { readonly kind: "missing-headers"; readonly missing: readonly string[] };

export type AppIdentity = { readonly apiSecret: string };

/** Verifies from the raw bytes of one delivery that Shopify sent it; needs no session, no database, no network. */
export type WebhookVerifier = (headers: Headers, rawBody: string | Buffer) => Promise<Verification>;

/** Whether Shopify signed the raw bytes with the app's secret. */
export type SignatureCheck = (headers: Headers, rawBody: string | Buffer) => boolean;

const HMAC = "x-shopify-hmac-sha256";
const TOPIC = "x-shopify-topic";
const VERSION = "x-shopify-api-version";
const WEBHOOK_ID = "x-shopify-webhook-id";
const TRIGGERED_AT = "x-shopify-triggered-at";
const REQUIRED: readonly string[] = [HMAC, TOPIC, "x-shopify-shop-domain", VERSION, WEBHOOK_ID];
// Only these are read: the headers of Shopify's other kind of webhook ("events") must not change the rules.
const HEADERS: readonly string[] = [...REQUIRED, TRIGGERED_AT];

/**
 * Creates a verifier for the app's own webhooks. The HMAC is checked over the raw bytes, before decoding: Shopify's
 * library accepts text only, and two different bodies can decode to the same text. A delivery without an HMAC lacks a
 * header; one with a wrong HMAC is `bad-hmac`, whatever else is missing, because an unauthenticated sender gets no
 * explanation.
 */
export function createWebhookVerifier({ apiSecret }: AppIdentity): WebhookVerifier {
  const secret = createSecretKey(apiSecret, "utf8");

  return async (headers, rawBody) => {
    const sent = shopifyHeaders(headers);
    const hmac = sent.get(HMAC);
    if (hmac === undefined) return { kind: "missing-headers", missing: missingOf(sent) };
    // A delivery without a body is invalid.
    if (rawBody.length === 0 || !isHmacOf(rawBody, hmac, secret)) return { kind: "bad-hmac" };
    const missing = missingOf(sent);
    if (missing.length > 0) return { kind: "missing-headers", missing };
    return verified(sent, typeof rawBody === "string" ? rawBody : rawBody.toString("utf8"));
  };
}

/** Verifies what Shopify signs as it signs webhooks, but sends without their headers: the requests of Shopify Flow. */
export function createSignatureCheck({ apiSecret }: AppIdentity): SignatureCheck {
  const secret = createSecretKey(apiSecret, "utf8");
  return (headers, rawBody) => {
    const hmac = shopifyHeaders(headers).get(HMAC);
    return hmac !== undefined && rawBody.length > 0 && isHmacOf(rawBody, hmac, secret);
  };
}

/** The same result as the library's for every body that is text; a test compares the two. */
function isHmacOf(body: string | Buffer, hmac: string, secret: KeyObject): boolean {
  const [expected, sent] = [Buffer.from(createHmac("sha256", secret).update(body).digest("base64")), Buffer.from(hmac)];
  return expected.length === sent.length && timingSafeEqual(expected, sent);
}

const missingOf = (sent: ReadonlyMap<string, string>): readonly string[] => REQUIRED.filter((name) => !sent.has(name));

function verified(sent: ReadonlyMap<string, string>, body: string): Verification {
  const shop = shopDomain(sent.get("x-shopify-shop-domain"));
  if (!shop) return { kind: "missing-headers", missing: ["x-shopify-shop-domain"] };
  // None is missing: they were checked above.
  const [topic = "", apiVersion = "", webhookId = ""] = [TOPIC, VERSION, WEBHOOK_ID].map((name) => sent.get(name));
  if (bodyMismatch({ shop, topic, body }) !== null) return { kind: "not-this-webhook" };
  return {
    kind: "verified",
    webhook: { shop, topic, webhookId, apiVersion, triggeredAt: sent.get(TRIGGERED_AT) ?? null, body },
  };
}

function shopifyHeaders(headers: Headers): Map<string, string> {
  const sent = new Map<string, string>();
  // Node's own headers are already in lower case.
  const named = headers[HMAC] === undefined ? inLowerCase(headers) : headers;
  for (const name of HEADERS) {
    const value = named[name];
    const text = Array.isArray(value) ? value[0] : value;
    if (text) sent.set(name, text);
  }
  return sent;
}

const inLowerCase = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
