import { createHmac, randomUUID } from "node:crypto";
import { API_SECRET } from "../simulators/app-process.ts";

type WebhookChanges = {
  readonly topic?: string;
  readonly shop?: string;
  readonly webhookId?: string;
  readonly path?: string;
  /** Null leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
};

/** Posts a body the way Shopify does, signed with the app's secret. */
export function postWebhook(appUrl: string, body: string, changes: WebhookChanges = {}): Promise<Response> {
  const {
    topic = "orders/paid",
    shop = "tea.myshopify.com",
    webhookId = randomUUID(),
    path = "/webhooks/orders",
  } = changes;
  const headers: Record<string, string | null> = {
    "content-type": "application/json",
    "x-shopify-topic": topic,
    "x-shopify-shop-domain": shop,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": webhookId,
    "x-shopify-triggered-at": new Date().toISOString(),
    "x-shopify-hmac-sha256": createHmac("sha256", API_SECRET).update(body).digest("base64"),
    ...changes.headers,
  };
  const sent = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  return fetch(`${appUrl}${path}`, { method: "POST", headers: sent, body });
}
