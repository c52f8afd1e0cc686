import type { ShopDomain } from "../event-contract/event-id.ts";
import { type AppRequest, isAppTopic, parseAppRequest } from "../shopify/webhooks/parse-compliance.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import type { ComplianceRequest } from "../privacy/types.ts";

export type AcceptAppWebhookDeps = {
  readonly note: (webhook: VerifiedWebhook) => Promise<"noted" | "duplicate-webhook">;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<unknown>;
  /** Null for a shop that was never installed or is erased. */
  readonly installedAt: (shop: ShopDomain) => Promise<Date | null>;
  /** Stops sending, removes tokens and sessions, ends every unsettled event with its personal data. */
  readonly uninstall: (shop: ShopDomain) => Promise<void>;
  readonly rememberScopes: (shop: ShopDomain, scopes: readonly string[]) => Promise<void>;
  readonly answerCompliance: (shop: ShopDomain, request: ComplianceRequest) => Promise<unknown>;
};

export type AcceptedAppWebhook = { readonly kind: "answered" | "duplicate-webhook" | "quarantined" };

/**
 * `app/uninstalled`, `app/scopes_update` and the three compliance topics. The work comes before the note, and every
 * piece of it may be done twice: a crash between the two costs a repetition, never an erasure that did not happen.
 */
export async function acceptAppWebhook(
  webhook: VerifiedWebhook,
  deps: AcceptAppWebhookDeps,
): Promise<AcceptedAppWebhook> {
  const { topic } = webhook;
  const request = isAppTopic(topic)
    ? parseAppRequest(topic, webhook.body)
    : ({
        ok: false,
        problem: { code: "not-an-app-request", detail: `topic ${topic} is not one this address takes` },
      } as const);
  if (!request.ok) {
    await deps.quarantine(webhook, request.problem);
    return { kind: "quarantined" };
  }
  await answer(webhook, request.value, deps);
  return (await deps.note(webhook)) === "noted" ? { kind: "answered" } : { kind: "duplicate-webhook" };
}

async function answer(webhook: VerifiedWebhook, request: AppRequest, deps: AcceptAppWebhookDeps): Promise<void> {
  switch (request.kind) {
    case "uninstalled":
      if (await isAboutThisInstallation(webhook, deps)) await deps.uninstall(webhook.shop);
      return;
    case "scopes-updated":
      return deps.rememberScopes(webhook.shop, request.current);
    case "redact-customer":
    case "customer-data-request":
    case "redact-shop":
      await deps.answerCompliance(webhook.shop, request);
  }
}

/** Webhooks come late and more than once: an uninstallation from before the last installation must not end that one. */
async function isAboutThisInstallation(
  { shop, triggeredAt }: VerifiedWebhook,
  deps: AcceptAppWebhookDeps,
): Promise<boolean> {
  const installedAt = await deps.installedAt(shop);
  if (installedAt === null) return false;
  const triggered = triggeredAt === null ? Number.NaN : Date.parse(triggeredAt);
  return Number.isNaN(triggered) || triggered >= installedAt.getTime();
}
