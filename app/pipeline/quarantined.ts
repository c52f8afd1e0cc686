import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";

/** What the quarantine did with a payload; `erased`: it names an erased customer and was not kept. */
export type Kept = "kept" | "already-kept" | "erased";

export type Quarantined =
  { readonly kind: "quarantined"; readonly problem: PayloadProblem } | { readonly kind: "erased" };

/** Quarantines an unreadable payload, and says so only if it was kept. */
export const quarantined = async (
  webhook: VerifiedWebhook,
  problem: PayloadProblem,
  deps: { readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept> },
): Promise<Quarantined> =>
  (await deps.quarantine(webhook, problem)) === "erased" ? { kind: "erased" } : { kind: "quarantined", problem };
