import type { VerifiedWebhook } from "../shopify/types.ts";
import type { QuarantinedPayload } from "../ledger/quarantine.server.ts";
import type { AcceptedAppWebhook } from "./accept-app-webhook.ts";
import { type AcceptedHook, hookOfTopic } from "./accept-hook.ts";
import type { AcceptedOrder } from "./accept-order.ts";

export type ReplayDeps = {
  /** The webhook's usual path, without the duplicate check: the webhook ID was stored with the payload. */
  readonly acceptOrder: (webhook: VerifiedWebhook) => Promise<AcceptedOrder>;
  readonly acceptAppWebhook: (webhook: VerifiedWebhook) => Promise<AcceptedAppWebhook>;
  /** Null: the address is revoked or gone. */
  readonly acceptHook: (
    hookId: string,
    payload: Pick<QuarantinedPayload, "body" | "receivedAt">,
  ) => Promise<AcceptedHook | null>;
  readonly markReplayed: (id: bigint, at: Date) => Promise<void>;
  readonly now: () => Date;
};

export type ReplayOutcome = (AcceptedOrder | AcceptedAppWebhook)["kind"];

/** By topic, for a caller that receives webhooks of all kinds at one address. */
export const isAboutAnOrder = ({ topic }: Pick<VerifiedWebhook, "topic">): boolean =>
  /^(orders|refunds|fulfillments|fulfillment_events)\//.test(topic);

/** Passes a quarantined payload to the current parser. A payload that is still unreadable stays in quarantine. */
export async function replayQuarantined(payload: QuarantinedPayload, deps: ReplayDeps): Promise<ReplayOutcome> {
  const { shop, topic, webhookId, body } = payload;
  const hookId = hookOfTopic(topic);
  if (hookId !== null) return replayHook(hookId, payload, deps);
  const webhook: VerifiedWebhook = { shop, topic, webhookId, body, apiVersion: "", triggeredAt: null };
  const { kind } = await (isAboutAnOrder(webhook) ? deps.acceptOrder(webhook) : deps.acceptAppWebhook(webhook));
  if (kind !== "quarantined" && kind !== "not-this-webhook") await deps.markReplayed(payload.id, deps.now());
  return kind;
}

async function replayHook(hookId: string, payload: QuarantinedPayload, deps: ReplayDeps): Promise<ReplayOutcome> {
  const accepted = await deps.acceptHook(hookId, payload);
  if (accepted === null || "refused" in accepted || accepted.kind !== "read" || accepted.quarantined) {
    return "quarantined";
  }
  await deps.markReplayed(payload.id, deps.now());
  return "answered";
}
