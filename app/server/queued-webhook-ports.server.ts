import type { Env } from "../env/env.server.ts";
import type { QueuedWebhookPorts } from "./http/queued-webhooks.server.ts";
import type { WebhookPorts } from "./http/webhooks.server.ts";
import { createGoogleTokens } from "../shopify/webhooks/google-token.server.ts";
import type { Log } from "../logging/logger.server.ts";
import type { Watcher } from "../telemetry/types.ts";
import { isAboutAnOrder } from "../pipeline/replay-quarantined.ts";

type Around = { readonly webhooks: WebhookPorts; readonly watcher: Watcher | null; readonly log: Log };

/**
 * Webhooks from Pub/Sub or EventBridge are handled like all others. Both are off unless the environment enables them.
 */
export function queuedWebhookPorts(
  env: Pick<Env, "pubsub" | "eventbridgeToken" | "role">,
  { webhooks, watcher, log }: Around,
): QueuedWebhookPorts & { readonly close: () => void } {
  const google =
    env.pubsub === undefined || env.role === "worker"
      ? null
      : createGoogleTokens({ ...env.pubsub, onTrouble: (error) => log.warn("intake.keys-unknown", { error }) });
  return {
    checkGoogleToken: google?.check ?? null,
    eventbridgeToken: env.eventbridgeToken,
    accept: (webhook) => (isAboutAnOrder(webhook) ? webhooks.acceptOrder(webhook) : webhooks.acceptAppWebhook(webhook)),
    refused: (reason) => watcher?.webhookRefused(reason),
    close: () => google?.close(),
  };
}
