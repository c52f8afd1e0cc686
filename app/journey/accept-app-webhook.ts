import type { ShopDomain } from "../event-contract/event-id.ts";
import type { VerifiedWebhook } from "../intake/types.ts";

export type AcceptAppWebhookDeps = {
  /** True the first time, so that a resent webhook does its work once. */
  readonly note: (webhook: VerifiedWebhook) => Promise<"noted" | "duplicate-webhook">;
  /** Stops sending, removes tokens and sessions, ends every unsettled event with its personal data. */
  readonly uninstall: (shop: ShopDomain) => Promise<void>;
  readonly updateScopes: (webhook: VerifiedWebhook) => Promise<void>;
  readonly answerCompliance: (webhook: VerifiedWebhook) => Promise<unknown>;
};

export type AcceptedAppWebhook = { readonly kind: "answered" } | { readonly kind: "duplicate-webhook" };

/**
 * `app/uninstalled`, `app/scopes_update` and the three compliance topics. The work comes before the note, and every
 * piece of it may be done twice: a crash between the two costs a repetition, never an erasure that did not happen.
 */
export async function acceptAppWebhook(webhook: VerifiedWebhook, deps: AcceptAppWebhookDeps): Promise<AcceptedAppWebhook> {
  switch (webhook.topic) {
    case "app/uninstalled":
      await deps.uninstall(webhook.shop);
      break;
    case "app/scopes_update":
      await deps.updateScopes(webhook);
      break;
    default:
      await deps.answerCompliance(webhook);
  }
  const noted = await deps.note(webhook);
  return noted === "noted" ? { kind: "answered" } : { kind: "duplicate-webhook" };
}
