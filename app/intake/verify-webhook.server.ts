import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { shopDomain } from "../event-contract/event-id.ts";
import type { VerifiedWebhook } from "./types.ts";

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type Verification =
  | { readonly kind: "verified"; readonly webhook: VerifiedWebhook }
  | { readonly kind: "bad-hmac" }
  | { readonly kind: "missing-headers"; readonly missing: readonly string[] };

export type AppIdentity = { readonly apiKey: string; readonly apiSecret: string; readonly appUrl: string };

/** Answers for the raw bytes of one delivery whether Shopify sent them; needs no session, no database, no network. */
export type WebhookVerifier = (headers: Headers, rawBody: string | Buffer) => Promise<Verification>;

// Only these reach the library: the headers of its other webhook flavour ("events") must not switch the rules.
const HEADERS = [
  "x-shopify-hmac-sha256",
  "x-shopify-topic",
  "x-shopify-shop-domain",
  "x-shopify-api-version",
  "x-shopify-webhook-id",
  "x-shopify-triggered-at",
] as const;
const OPTIONAL = "x-shopify-triggered-at";

/**
 * A verifier for the app's own webhooks. The HMAC is checked by Shopify's library over the bytes as they came. A delivery
 * without an HMAC lacks a header; with a wrong one it is `bad-hmac`, whatever else may be missing, since nothing a
 * stranger sends deserves an explanation.
 */
export function createWebhookVerifier({ apiKey, apiSecret, appUrl }: AppIdentity): WebhookVerifier {
  const { webhooks } = shopifyApi({
    apiKey,
    apiSecretKey: apiSecret,
    apiVersion: ApiVersion.October26,
    hostName: new URL(appUrl).host,
    isEmbeddedApp: true,
    logger: { log: () => undefined },
  });

  return async (headers, rawBody) => {
    const sent = shopifyHeaders(headers);
    const missing = HEADERS.filter((name) => name !== OPTIONAL && !sent.get(name));
    if (!sent.get("x-shopify-hmac-sha256")) return { kind: "missing-headers", missing };

    const body = typeof rawBody === "string" ? rawBody : rawBody.toString("utf8");
    // The library reads a Request's headers and parses its address; a real Request object would cost more than the HMAC.
    const validation = await webhooks.validate({ rawBody: body, rawRequest: { headers: sent, method: "POST", url: appUrl } });
    if (!validation.valid) return validation.reason === "missing_headers" ? { kind: "missing-headers", missing } : { kind: "bad-hmac" };
    // Only the flavour that has a webhook id was let through.
    if (validation.webhookType !== "webhooks") return { kind: "missing-headers", missing: ["x-shopify-webhook-id"] };

    const shop = shopDomain(validation.domain);
    if (!shop) return { kind: "missing-headers", missing: ["x-shopify-shop-domain"] };
    return {
      kind: "verified",
      webhook: {
        shop,
        topic: sent.get("x-shopify-topic") ?? "",
        webhookId: validation.webhookId,
        apiVersion: validation.apiVersion,
        triggeredAt: sent.get(OPTIONAL) ?? null,
        body,
      },
    };
  };
}

function shopifyHeaders(headers: Headers): Map<string, string> {
  const sent = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const known = HEADERS.find((header) => header === name.toLowerCase());
    const text = Array.isArray(value) ? value[0] : value;
    if (known && text) sent.set(known, text);
  }
  return sent;
}
