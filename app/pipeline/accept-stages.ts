import type { ShopDomain } from "../event-contract/event-id.ts";
import { issuesOf, StagesEnvelope } from "../leads/stages-request.ts";
import type { StageOutcome } from "../leads/types.ts";
import { sha256 } from "../normalize/identity.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { ShopProfile } from "../settings/types.ts";
import { reachStages, type ReachStagesDeps, type StageResult } from "./reach-stages.ts";
import { type ReadItem, reportFromItem } from "./reports-from-request.ts";

export type AcceptStagesDeps = ReachStagesDeps & {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
};

export type StagesPosted = {
  readonly shop: ShopDomain;
  readonly text: string;
  /** As the sender chose it, or a new one. */
  readonly idempotencyKey: string;
};

export type ItemResult = StageResult & { /** What is wrong with an invalid item. */ readonly problem?: string };

export type AcceptedStages =
  | { readonly kind: "read"; readonly results: readonly ItemResult[] }
  | { readonly kind: "not-json" | "key-reused" | "not-installed" | "not-storable" }
  | { readonly kind: "malformed"; readonly errors: ReturnType<typeof issuesOf> };

const INVALID: StageOutcome = "invalid";

/** The body of a request with up to 500 reports; a bad one leaves the others alone. */
export async function acceptStages(posted: StagesPosted, deps: AcceptStagesDeps): Promise<AcceptedStages> {
  const profile = await deps.profile(posted.shop);
  if (!profile?.installed) return { kind: "not-installed" };
  const body = parsedJson(posted.text);
  if (body === undefined) return { kind: "not-json" };
  const envelope = StagesEnvelope.safeParse(body);
  if (!envelope.success) return { kind: "malformed", errors: issuesOf(envelope.error) };
  const { crm, stages } = envelope.data;
  const facts = { crm, idempotencyKey: posted.idempotencyKey, bodyDigest: sha256(posted.text) };
  return resultsOf(
    stages.map((item, n) => reportFromItem(item, n, facts)),
    profile,
    deps,
  );
}

async function resultsOf(
  items: readonly ReadItem[],
  profile: ShopProfile,
  deps: ReachStagesDeps,
): Promise<AcceptedStages> {
  const reports = items.flatMap((item) => (item.ok ? [item.report] : []));
  const results = await reachStages(reports, profile, deps).catch(notStorable);
  if (results === null) return { kind: "not-storable" };
  if (results.some(({ outcome }) => outcome === "key-reused")) return { kind: "key-reused" };
  const answers = results.values();
  return {
    kind: "read",
    results: items.map((item): ItemResult => {
      const answer = item.ok ? answers.next().value : undefined;
      return answer ?? { outcome: INVALID, leadId: null, eventId: null, problem: item.ok ? "" : item.problem };
    }),
  };
}

function notStorable(error: unknown): null {
  if (error instanceof NotStorable) return null;
  throw error;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
