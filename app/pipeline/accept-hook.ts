import type { ShopDomain } from "../event-contract/event-id.ts";
import { mapBody } from "../leads/hooks/map-body.ts";
import { ofAccount } from "../leads/hooks/of-account.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import { readHookBody } from "../leads/hooks/read-body.ts";
import type { CrmHook, MappedItem } from "../leads/hooks/types.ts";
import type { StageReport } from "../leads/types.ts";
import { sha256 } from "../normalize/identity.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import { ENGLISH } from "../wording/english.ts";
import { type Problem, problemIn } from "../wording/field-problem-words.ts";
import type { ItemResult } from "./accept-stages.ts";
import type { Kept } from "./quarantined.ts";
import { reachOneByOne } from "./reach-one-by-one.ts";
import type { ReachStagesDeps, StageResult } from "./reach-stages.ts";
import { digestOfSaid, type ReadSaid, saidByItem } from "./reports-from-request.ts";

export type AcceptHookDeps = ReachStagesDeps & {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept>;
};

/** A verified request of a CRM. `receivedAt`: for reports that name no time. */
export type HookPosted = { readonly hook: CrmHook; readonly body: string; readonly receivedAt: Date };

export type HookResult = Omit<ItemResult, "outcome"> & { readonly outcome: ItemResult["outcome"] | "ignored" };

export type AcceptedHook =
  | { readonly kind: "read"; readonly results: readonly HookResult[]; readonly quarantined: boolean }
  | { readonly kind: "quarantined"; readonly problem: string }
  | { readonly kind: "erased" }
  | { readonly refused: "not-installed" | "foreign-account" };

/**
 * The body of a CRM's webhook. What cannot be read is quarantined with the reason, because a repetition would bring the
 * same bytes; a bad item leaves the others alone. A repetition of an item gets the answer of the first time.
 */
export async function acceptHook(posted: HookPosted, deps: AcceptHookDeps): Promise<AcceptedHook> {
  const { hook, body } = posted;
  const profile = await deps.profile(hook.shop);
  if (!profile?.installed) return { refused: "not-installed" };
  const read = readHookBody(body, PRESETS[hook.preset].format);
  if (!read.ok) return quarantined(posted, { code: "not-json", detail: inEnglish(read.problem) }, deps);
  const own = ownPart(read.value, hook);
  if (own === undefined) return { refused: "foreign-account" };
  const mapped = mapBody(own, hook.mapping);
  if (!mapped.ok) return quarantined(posted, { code: "not-a-report", detail: inEnglish(mapped.problem) }, deps);
  try {
    return await resultsOf(mapped.value, posted, { ...deps, profile });
  } catch (error) {
    if (error instanceof NotStorable) return quarantined(posted, { code: "not-storable", detail: "text" }, deps);
    throw error;
  }
}

/** What is from the account of the address; undefined: nothing is. An address that is bound to none takes all. */
function ownPart(body: unknown, { account, preset }: CrmHook): unknown {
  const path = PRESETS[preset].account;
  return account === null || path === null ? body : (ofAccount(body, { path, account }) ?? undefined);
}

/** For the quarantine's list and the answer to a program. */
const inEnglish = (message: Problem): string => problemIn(ENGLISH, { message });

type OfShop = Omit<AcceptHookDeps, "profile"> & { readonly profile: ShopProfile };
type Read = { readonly kind: "ignored" } | (ReadSaid & { readonly kind: "read"; readonly id: string | null });

async function resultsOf(
  mapped: readonly MappedItem[],
  posted: HookPosted,
  { profile, ...deps }: OfShop,
): Promise<AcceptedHook> {
  const items = mapped.map((one) => readItem(one, posted.receivedAt));
  const digest = sha256(posted.body);
  const reports = items.map((one, n) => reportOf(one, `${digest}#${n}`, posted.hook));
  const results = await reachOneByOne(
    reports.flatMap((report) => report ?? []),
    profile,
    deps,
  );
  const answers = results.values();
  const listed = items.map((one, n): HookResult => resultOf(one, reports[n] ? answers.next().value : undefined));
  const bad = listed.flatMap(({ problem }, n) => (problem === undefined ? [] : [`item ${n}: ${problem}`]));
  if (bad.length === 0) return { kind: "read", results: listed, quarantined: false };
  const kept = await quarantined(posted, { code: "not-a-report", detail: bad.join("; ").slice(0, 1_000) }, deps);
  return kept.kind === "erased" ? kept : { kind: "read", results: listed, quarantined: true };
}

function readItem(mapped: MappedItem, receivedAt: Date): Read {
  if (mapped.kind === "ignored") return mapped;
  if (mapped.kind === "problem") {
    return { kind: "read", ok: false, problem: inEnglish(mapped.problem), problems: [mapped.problem], id: null };
  }
  return { kind: "read", ...saidByItem({ at: receivedAt.toISOString(), ...mapped.item }), id: mapped.id };
}

/** `otherwise`: names an item that has no ID of its own. */
function reportOf(read: Read, otherwise: string, { id: hookId, preset }: CrmHook): StageReport | null {
  if (read.kind === "ignored" || !read.ok) return null;
  const idempotencyKey = `${hookId}:${read.id === null ? otherwise : sha256(read.id)}`;
  return { ...read.said, source: "crm", idempotencyKey, digest: digestOfSaid(read.said), crm: PRESETS[preset].crm };
}

function resultOf(read: Read, answer: StageResult | undefined): HookResult {
  const none = { leadId: null, eventId: null };
  if (read.kind === "ignored") return { outcome: "ignored", ...none };
  if (!read.ok) return { outcome: "invalid", ...none, problem: read.problem };
  return answer ?? { outcome: "invalid", ...none, problem: "no result" };
}

const TOPIC = "crm/";

/** The address whose payload this is, where the quarantine keeps one of a CRM. */
export const hookOfTopic = (topic: string): string | null =>
  topic.startsWith(TOPIC) ? topic.slice(TOPIC.length) : null;

async function quarantined(
  { hook, body }: HookPosted,
  problem: PayloadProblem,
  deps: Pick<AcceptHookDeps, "quarantine">,
): Promise<Extract<AcceptedHook, { kind: "quarantined" } | { kind: "erased" }>> {
  const webhook = {
    shop: hook.shop,
    topic: `${TOPIC}${hook.id}`,
    webhookId: sha256(body),
    apiVersion: "",
    triggeredAt: null,
  };
  const kept = await deps.quarantine({ ...webhook, body }, problem);
  return kept === "erased" ? { kind: "erased" } : { kind: "quarantined", problem: problem.detail };
}
