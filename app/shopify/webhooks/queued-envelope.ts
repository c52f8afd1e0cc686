import { z } from "zod";
import { shopDomain } from "../../event-contract/event-id.ts";
import { isStorable } from "../../event-contract/storable-text.ts";
import { isTooDeep } from "./nesting.ts";
import { parseLossless } from "./lossless-json.ts";
import { bodyMismatch } from "./webhook-body.ts";
import type { VerifiedWebhook } from "../types.ts";

/** A webhook extracted from a queue's envelope; or what the envelope lacks. */
export type Unwrapped =
  | { readonly kind: "unwrapped"; readonly webhook: VerifiedWebhook }
  | { readonly kind: "bad-envelope"; readonly problem: string };

const badEnvelope = (problem: string): Unwrapped => ({ kind: "bad-envelope", problem });

// Google, "Receive messages from push subscriptions": the envelope of one message. `subscription` is not read.
const PubsubPush = z.object({
  message: z.object({
    data: z.base64().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    messageId: z.string().refine(isStorable),
  }),
});

/**
 * One push of Google Pub/Sub: the message's attributes are Shopify's headers, and its data is the body. `text` is the
 * body of an authenticated request.
 */
export function fromPubsub(text: string): Unwrapped {
  const push = PubsubPush.safeParse(parsedOrNull(text));
  if (!push.success) return badEnvelope(firstProblem(push.error));
  const { data = "", attributes = {}, messageId } = push.data.message;
  const body = new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
  return webhookOf(attributes, { body, fallbackId: messageId });
}

// Shopify's events on a partner bus (detail-type `shopifyWebhook`): `detail.metadata` has the headers and
// `detail.payload` the body, embedded in EventBridge's own JSON.
const BridgeEvent = z.object({
  id: z.string().refine(isStorable),
  detail: z.object({ metadata: z.record(z.string(), z.unknown()), payload: z.unknown() }),
});

/** One event of Amazon EventBridge, sent whole by an API destination. Long numbers keep all their digits, as text. */
export function fromEventbridge(text: string): Unwrapped {
  const event = BridgeEvent.safeParse(parsedOrNull(text));
  if (!event.success) return badEnvelope(firstProblem(event.error));
  const { id, detail } = event.data;
  if (detail.payload === undefined) return badEnvelope("detail.payload is missing");
  // Printing such a deep payload would fail, so its parser gets the original event and refuses it.
  const body = isTooDeep(text) ? text : JSON.stringify(detail.payload);
  return webhookOf(detail.metadata, { body, fallbackId: id });
}

function parsedOrNull(text: string): unknown {
  try {
    // The reviver for long numbers would fail on such a deep text too.
    return isTooDeep(text) ? JSON.parse(text) : parseLossless(text);
  } catch {
    return null;
  }
}

/** The field, never its value. */
const firstProblem = ({ issues: [issue] }: z.ZodError): string => {
  const path = issue?.path.join(".") ?? "";
  return path === "" ? "the body is not the expected JSON object" : `${path} is missing or not as expected`;
};

/**
 * If Shopify's ID is missing, the queue's own is used: a redelivered message has the same one, so duplicates are
 * detected.
 */
function webhookOf(
  headers: Readonly<Record<string, unknown>>,
  { body, fallbackId }: { readonly body: string; readonly fallbackId: string },
): Unwrapped {
  // Shopify's own pages spell them differently, so case is ignored.
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | null => {
    const value = sent.get(name);
    return typeof value === "string" && value !== "" && isStorable(value) ? value : null;
  };
  const shop = shopDomain(text("x-shopify-shop-domain"));
  if (!shop) return badEnvelope("X-Shopify-Shop-Domain is missing or not a shop domain");
  const topic = text("x-shopify-topic");
  if (topic === null) return badEnvelope("X-Shopify-Topic is missing");
  const mismatch = bodyMismatch({ shop, topic, body });
  if (mismatch !== null) return badEnvelope(`the webhook's body does not fit its headers: ${mismatch}`);
  return {
    kind: "unwrapped",
    webhook: {
      shop,
      topic,
      webhookId: text("x-shopify-webhook-id") ?? fallbackId,
      apiVersion: text("x-shopify-api-version") ?? "",
      triggeredAt: text("x-shopify-triggered-at"),
      body,
    },
  };
}
