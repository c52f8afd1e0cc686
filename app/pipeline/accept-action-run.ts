import type { ShopDomain } from "../event-contract/event-id.ts";
import type { StageItem } from "../leads/stages-request.ts";
import type { StageReport } from "../leads/types.ts";
import { sha256 } from "../normalize/identity.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { ShopProfile } from "../settings/types.ts";
import { type ActionRun, SEND_STAGE } from "../shopify/flow/parse-action-run.ts";
import { reachStage, type ReachStagesDeps, type StageResult } from "./reach-stages.ts";
import { digestOfSaid, type SaidByItem, saidByItem } from "./reports-from-request.ts";

export type AcceptActionRunDeps = ReachStagesDeps & {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
};

export type AcceptedActionRun =
  | { readonly kind: "reported"; readonly result: StageResult }
  | { readonly kind: "incomplete"; readonly problem: string }
  | { readonly kind: "not-installed" | "unknown-action" | "not-storable" };

/**
 * A run of the action "Send stage to Meta". The lead is looked for by each name that the merchant filled in, the most
 * exact first, because a workflow fills in the customer whether or not the form's sender was logged in. A repetition of
 * the run gets the answer of the first time.
 */
export async function acceptActionRun(
  { run, receivedAt }: { readonly run: ActionRun; readonly receivedAt: Date },
  deps: AcceptActionRunDeps,
): Promise<AcceptedActionRun> {
  if (run.handle !== null && run.handle !== SEND_STAGE) return { kind: "unknown-action" };
  const profile = await deps.profile(run.shop);
  if (!profile?.installed) return { kind: "not-installed" };
  const read = saidByRun(run, receivedAt);
  if (!read.ok) return { kind: "incomplete", problem: read.problem };
  try {
    const said = await ofKnownLead(read.said, profile, deps);
    const own = {
      source: "flow",
      idempotencyKey: run.runId,
      digest: digestOf(read.said),
      crm: "Shopify Flow",
    } as const;
    return { kind: "reported", result: await reachStage({ ...said, ...own }, profile, deps) };
  } catch (error) {
    if (error instanceof NotStorable) return { kind: "not-storable" };
    throw error;
  }
}

/** The same report under each name of its lead; never empty. */
type ByName = readonly [SaidByItem, ...SaidByItem[]];
type ReadRun = { readonly ok: true; readonly said: ByName } | { readonly ok: false; readonly problem: string };

function saidByRun({ fields }: ActionRun, receivedAt: Date): ReadRun {
  const { stage, value, currency } = fields;
  if (stage === null) return { ok: false, problem: "The field “Stage” is empty. Enter a stage of your funnel." };
  const item = {
    stage,
    at: momentOf(fields.reached_at ?? receivedAt.toISOString()),
    ...(value !== null && { value: Number(value) }),
    ...(currency !== null && { currency: currency.toUpperCase() }),
  };
  const said: SaidByItem[] = [];
  for (const lead of leadsOf(fields)) {
    const read = saidByItem({ ...item, lead });
    if (!read.ok) return { ok: false, problem: `A field of the action cannot be read. ${read.problem}` };
    said.push(read.said);
  }
  const [first, ...others] = said;
  if (first === undefined) {
    return { ok: false, problem: "Nothing names the lead. Fill in the lead's reference, the customer or the email." };
  }
  return { ok: true, said: [first, ...others] };
}

/** Text of digits alone is Unix seconds. */
const momentOf = (text: string): string | number => (/^\d{1,12}$/.test(text) ? Number(text) : text);

const leadsOf = ({ lead_reference: externalId, customer_id: customerId, email }: ActionRun["fields"]) =>
  [
    externalId === null ? null : { externalId },
    customerId === null ? null : { customerId },
    email === null ? null : { email },
  ].filter((lead): lead is Exclude<typeof lead, null> => lead !== null) satisfies readonly StageItem["lead"][];

async function ofKnownLead(
  said: ByName,
  { shop, settings }: ShopProfile,
  { leadsNamed }: Pick<ReachStagesDeps, "leadsNamed">,
): Promise<SaidByItem> {
  if (said.length === 1) return said[0];
  const known = await leadsNamed(shop, { names: said.map(({ lead }) => lead), funnel: funnelOf(settings) });
  return said.find((_, n) => (known[n] ?? []).length > 0) ?? said[0];
}

/** Of all names, because a repetition may know a lead that the first time did not. */
const digestOf = (said: ByName): StageReport["digest"] => sha256(JSON.stringify(said.map(digestOfSaid)));
