import type { ShopDomain } from "../event-contract/event-id.ts";
import { type AppRequest, isAppTopic, parseAppRequest } from "../shopify/webhooks/parse-compliance.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import type { ComplianceRequest } from "../privacy/types.ts";
import type { Installation, InstallationDoubt } from "../settings/installations.server.ts";
import { happened, isOfEarlierInstallation } from "./installation-of.ts";
import { type Kept, quarantined, type Quarantined } from "./quarantined.ts";

export type AcceptAppWebhookDeps = {
  /** Whether the shop has a row: it opened the app and has not been erased since. */
  readonly isKnown: (shop: ShopDomain) => Promise<boolean>;
  readonly note: (webhook: VerifiedWebhook) => Promise<"noted" | "duplicate-webhook">;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept>;
  /** Null for a shop that is not installed. */
  readonly installation: (shop: ShopDomain) => Promise<Installation | null>;
  /** When an uninstalled shop was seen again that has no token yet; null for any other. */
  readonly returnedAt: (shop: ShopDomain) => Promise<Date | null>;
  /**
   * Stops sending, deletes tokens and sessions, ends every unsettled event and deletes its personal data. Safe to
   * repeat.
   */
  readonly uninstall: (shop: ShopDomain, ending: Ending) => Promise<unknown>;
  /** Schedules a check with Shopify, outside this request, whether the app is installed. */
  readonly doubtInstallation: (shop: ShopDomain, doubt: InstallationDoubt) => Promise<void>;
  readonly rememberScopes: (shop: ShopDomain, scopes: readonly string[]) => Promise<void>;
  readonly answerCompliance: (shop: ShopDomain, request: ComplianceRequest) => Promise<unknown>;
};

/** `at`: by Shopify's clock, null if the webhook has no time. `tokenGrantedAt`: of the installation that ends. */
export type Ending = { readonly at: Date | null; readonly tokenGrantedAt: Date | null };

export type AcceptedAppWebhook = {
  readonly kind: "answered" | "duplicate-webhook" | Quarantined["kind"] | "unknown-shop";
};

/**
 * `app/uninstalled`, `app/scopes_update` and the three compliance topics. The work precedes the note, and every part of
 * it is repeatable: a crash in between causes a repetition, never a missed erasure.
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
        problem: { code: "not-an-app-request", detail: `topic ${topic} is not handled at this address` },
      } as const);
  // No row is written for an unknown shop: nothing of it is stored that could be erased or exported.
  if (!(await deps.isKnown(webhook.shop))) return { kind: "unknown-shop" };
  if (!request.ok) return { kind: (await quarantined(webhook, request.problem, deps)).kind };
  await answer(webhook, request.value, deps);
  // The work may have erased the shop.
  if (!(await deps.isKnown(webhook.shop))) return { kind: "unknown-shop" };
  return (await deps.note(webhook)) === "noted" ? { kind: "answered" } : { kind: "duplicate-webhook" };
}

async function answer(webhook: VerifiedWebhook, request: AppRequest, deps: AcceptAppWebhookDeps): Promise<void> {
  const { shop } = webhook;
  switch (request.kind) {
    case "uninstalled":
      return endInstallation(webhook, deps);
    case "scopes-updated":
      // A newer token brought its own scopes.
      if ((await about(webhook, deps)).kind === "earlier") return;
      return deps.rememberScopes(shop, request.current);
    case "redact-shop":
      // Shopify sends it 48 hours after an uninstall, whatever the shop has done since. If the shop holds a token, a
      // wrong guess would delete a working installation, so Shopify is queried first.
      if ((await deps.installation(shop))?.tokenGrantedAt) return deps.doubtInstallation(shop, "redact");
      if (isOfEarlierInstallation(webhook, await deps.returnedAt(shop))) return;
      await deps.answerCompliance(shop, request);
      return;
    case "redact-customer":
    case "customer-data-request":
      await deps.answerCompliance(shop, request);
  }
}

/** Webhooks arrive late, out of order and more than once: one about an earlier installation must not end this one. */
async function endInstallation(webhook: VerifiedWebhook, deps: AcceptAppWebhookDeps): Promise<void> {
  const { kind, tokenGrantedAt } = await about(webhook, deps);
  if (kind === "earlier") return;
  if (kind === "unclear") return deps.doubtInstallation(webhook.shop, "uninstalled");
  await deps.uninstall(webhook.shop, { at: instantOf(webhook.triggeredAt), tokenGrantedAt });
}

type About = { readonly kind: "earlier" | "unclear" | "present"; readonly tokenGrantedAt: Date | null };

/** Which installation the webhook is about. Without a token, a wrong guess loses nothing. */
async function about(webhook: VerifiedWebhook, deps: AcceptAppWebhookDeps): Promise<About> {
  const installation = await deps.installation(webhook.shop);
  if (installation === null) return { kind: "present", tokenGrantedAt: null };
  const { installedAt, tokenGrantedAt } = installation;
  const when = happened(webhook, tokenGrantedAt ?? installedAt);
  if (when === "before") return { kind: "earlier", tokenGrantedAt };
  return { kind: when === "after" || tokenGrantedAt === null ? "present" : "unclear", tokenGrantedAt };
}

function instantOf(triggeredAt: string | null): Date | null {
  const time = triggeredAt === null ? Number.NaN : Date.parse(triggeredAt);
  return Number.isNaN(time) ? null : new Date(time);
}
