import type { ShopDomain } from "../event-contract/event-id.ts";
import { stageEvent, stageEventId } from "../leads/stage-event.ts";
import type { LeadName, LeadState, NewLead, StageOutcome, StageReport, StageRow, StageSource } from "../leads/types.ts";
import { sha256 } from "../normalize/identity.ts";
import type { Decision, NewEvent } from "../outbox/types.ts";
import type { EventStore } from "../outbox/event-store.server.ts";
import type { PostedEvent } from "../outbox/rows-to-add.server.ts";
import type { KeptReport } from "../outbox/stage-reports.server.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { Funnel, FunnelStage, ShopProfile } from "../settings/types.ts";
import { decisionFor } from "./decide-events.ts";
import { type Judged, judgeReports } from "./judge-reports.ts";
import type { WakeUp } from "./wake-ups.ts";

export type ReachStagesDeps = {
  readonly leadsNamed: (
    shop: ShopDomain,
    asked: { readonly names: readonly LeadName[]; readonly funnel: Funnel },
  ) => Promise<readonly (readonly LeadState[])[]>;
  readonly keptReports: (
    shop: ShopDomain,
    which: { readonly source: StageSource; readonly keys: readonly string[] },
  ) => Promise<readonly KeptReport[]>;
  /** Commits the events, each with its decision, its stage and its lead, all together. */
  readonly addPosted: EventStore["addPosted"];
  /** Lists reports that made no event; returns the keys that were not there. */
  readonly keepReports: (
    shop: ShopDomain,
    kept: { readonly rows: readonly StageRow[]; readonly now: Date },
  ) => Promise<ReadonlySet<string>>;
  readonly keepDeclined: (
    shop: ShopDomain,
    declined: { readonly leads: readonly NewLead[]; readonly now: Date },
  ) => Promise<unknown>;
  readonly wake: (targets: readonly WakeUp[]) => void;
  readonly now: () => Date;
};

/** What became of a report. `eventId`: of the stage's event in the ledger; `leadId`: of the lead that it means. */
export type StageResult = {
  readonly outcome: StageOutcome;
  readonly leadId: string | null;
  readonly eventId: string | null;
};

/**
 * The one way to a stage, whoever reports it. Judges the reports in the order of their times, so that a list may have
 * any order; stores each with its outcome; and sends the accepted ones as events, through the same ledger, consent,
 * routes and outbox as all others. Returns one result for each report, in order.
 *
 * A report whose key is known gets the answer of the first time. Where a key was used for another report, nothing is
 * done, and each report is `key-reused`. All reports come from one source. Throws on a database outage; a repetition
 * then continues.
 */
export async function reachStages(
  reports: readonly StageReport[],
  profile: ShopProfile,
  deps: ReachStagesDeps,
): Promise<readonly StageResult[]> {
  const kept = await keptOf(reports, profile.shop, deps);
  if (reports.some((report) => isReused(report, kept))) {
    return reports.map(() => ({ outcome: "key-reused", leadId: null, eventId: null }));
  }
  const fresh = reports.filter(({ idempotencyKey }) => !kept.has(idempotencyKey));
  const funnel = funnelOf(profile.settings);
  const known = await deps.leadsNamed(profile.shop, { names: fresh.map(({ lead }) => lead), funnel });
  const judged = judgeReports(fresh, known, { profile, now: deps.now() });
  await keepDeclined(judged, profile, deps);
  const ended = await commitAccepted(judged, profile, deps);
  const rows = ended.filter(({ isStored }) => !isStored).map(({ row }) => row);
  const written = await deps.keepReports(profile.shop, { rows, now: deps.now() });
  const results = new Map(ended.map(({ row }) => [row.idempotencyKey, row]));
  // Another request with the same key was quicker: its answers count.
  const others = rows.filter(({ idempotencyKey }) => !written.has(idempotencyKey));
  const theirs = others.length > 0 ? await keptOf(reports, profile.shop, deps) : kept;
  return reports.map(({ idempotencyKey: key }) => resultOf(theirs.get(key) ?? results.get(key)));
}

/** One report; the same rules and the same answers. */
export const reachStage = async (
  report: StageReport,
  profile: ShopProfile,
  deps: ReachStagesDeps,
): Promise<StageResult> => resultOf((await reachStages([report], profile, deps))[0]);

function resultOf(row: StageResult | undefined): StageResult {
  if (row === undefined) throw new Error("a report got no result");
  const { outcome, leadId, eventId } = row;
  return { outcome, leadId, eventId };
}

/** Before anything is sent: a lead that declined is not among those that are. */
async function keepDeclined(judged: readonly Judged[], { shop }: ShopProfile, deps: ReachStagesDeps): Promise<void> {
  const declined = judged.filter(({ outcome }) => outcome === "declined-consent");
  const leads = new Map(declined.flatMap(({ state }) => (state ? [[state.lead.leadId, state.lead]] : [])));
  if (leads.size > 0) await deps.keepDeclined(shop, { leads: [...leads.values()], now: deps.now() });
}

type Kept = ReadonlyMap<string, KeptReport>;

async function keptOf(reports: readonly StageReport[], shop: ShopDomain, deps: ReachStagesDeps): Promise<Kept> {
  const [first] = reports;
  if (first === undefined) return new Map();
  const keys = reports.map(({ idempotencyKey }) => idempotencyKey);
  const rows = await deps.keptReports(shop, { source: first.source, keys });
  return new Map(rows.map((row) => [row.idempotencyKey, row]));
}

const isReused = ({ idempotencyKey, digest }: StageReport, kept: Kept): boolean =>
  (kept.get(idempotencyKey)?.digest ?? digest) !== digest;

type Ended = { readonly row: StageRow; readonly isStored: boolean };

const rowOf = ({ report, outcome, stage, state }: Judged): StageRow => ({
  leadId: state?.lead.leadId ?? null,
  namedBy: report.lead.by,
  named: report.lead.value,
  stage: stage?.key ?? report.stage,
  happenedAt: report.happenedAt,
  source: report.source,
  idempotencyKey: report.idempotencyKey,
  digest: report.digest,
  outcome,
  eventId: null,
  orderId: report.orderId ?? null,
});

/** Stores the accepted stages with their events, in one commit; the others are listed afterwards, with all of theirs. */
async function commitAccepted(
  judged: readonly Judged[],
  profile: ShopProfile,
  deps: ReachStagesDeps,
): Promise<readonly Ended[]> {
  const at = { profile, now: deps.now() };
  const events = new Map(judged.flatMap((one) => withEvent(one, at)));
  const [first, ...others] = events.values();
  const { added } = first === undefined ? { added: [] } : await deps.addPosted([first, ...others]);
  const pixels = new Set(added.flatMap(({ queued }) => queued));
  if (pixels.size > 0) deps.wake([...pixels].map((pixelId) => ({ shop: profile.shop, pixelId, isDecided: true })));
  const answers = new Map([...events.keys()].map((one, n) => [one, added[n]?.outcome]));
  return judged.map((one): Ended => {
    const stage = events.get(one)?.event.stage;
    if (stage === undefined) return { row: rowOf(one), isStored: false };
    const isStored = answers.get(one) === "added";
    // Another request was quicker.
    return { row: isStored ? stage : { ...rowOf(one), outcome: "duplicate" }, isStored };
  });
}

type At = { readonly profile: ShopProfile; readonly now: Date };

function withEvent(judged: Judged, at: At): readonly (readonly [Judged, PostedEvent])[] {
  const { report, stage, state, outcome, isNewLead } = judged;
  if (outcome !== "accepted" || state === null || stage === null) return [];
  const { lead } = state;
  const eventId = stageEventId(lead.leadId, stage, sha256);
  const event: NewEvent = {
    ...stageEvent({ lead, stage, report, eventId, settingsVersion: at.profile.settings.version }),
    stage: { ...rowOf(judged), eventId },
    ...(isNewLead && { lead }),
  };
  return [[judged, { event, decision: decisionOf(event, { lead, stage }, at) }]];
}

type Reached = { readonly lead: LeadState["lead"]; readonly stage: FunnelStage };

/** As every event is decided: the lead's own consent, then the pixels, then what Meta would refuse. */
function decisionOf(event: NewEvent, { lead, stage }: Reached, { profile, now }: At): Decision {
  const undecided = {
    ...event,
    eventName: "LeadStage" as const,
    eventId: event.body.event_id,
    receipt: null,
    createdAt: now,
    ofLead: { as: stage.event, pixelIds: lead.pixelIds },
  };
  return decisionFor(undecided, profile, { now, policy: null, optedOut: false });
}
