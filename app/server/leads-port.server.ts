import type { Env } from "../env/env.server.ts";
import { type LeadsFound, leadsNamed, leadsOfShops, type LeadsWantedOf } from "../leads/find-leads.server.ts";
import { groupCommit } from "../outbox/group-commit.ts";
import { isRefusal } from "../outbox/is-refusal.server.ts";
import { keepDeclined, keepReports, keptReports } from "../outbox/stage-reports.server.ts";
import { acceptHook, type AcceptHookDeps } from "../pipeline/accept-hook.ts";
import { acceptStages } from "../pipeline/accept-stages.ts";
import type { ReachStagesDeps } from "../pipeline/reach-stages.ts";
import { ENGLISH } from "../wording/english.ts";
import { stageOutcomeIn } from "../wording/lead-words.ts";
import type { LeadHooksPorts } from "./http/lead-hooks.server.ts";
import type { LeadsApiPorts } from "./http/leads-api.server.ts";
import type { OpenApp } from "./open-app.server.ts";

/** The dependencies of `reachStages`, the same for every way in. */
export const reachStagesDeps = ({
  database: { prisma },
  events,
  queue,
  now,
}: Pick<OpenApp, "events" | "now"> & {
  readonly database: Pick<OpenApp["database"], "prisma">;
  readonly queue: Pick<OpenApp["queue"], "wake">;
}): ReachStagesDeps => ({
  leadsNamed: (...which) => leadsNamed(prisma, ...which),
  keptReports: (...which) => keptReports(prisma, ...which),
  keepReports: (...which) => keepReports(prisma, ...which),
  keepDeclined: (...which) => keepDeclined(prisma, ...which),
  addPosted: events.addPosted,
  wake: queue.wake,
  now,
});

/** For orders, each of which asks: those that come while a statement runs share the next. */
export function sharedLeadsNamed(prisma: Parameters<typeof leadsOfShops>[0]): ReachStagesDeps["leadsNamed"] {
  const find = groupCommit<LeadsWantedOf, LeadsFound>({
    limit: MOST_ORDERS,
    keysOf: () => [],
    write: (all) => leadsOfShops(prisma, all),
    isRefusal,
  });
  return (shop, wanted) => find({ shop, ...wanted });
}

const MOST_ORDERS = 64;

export const acceptHookDeps = (app: OpenApp): AcceptHookDeps => ({
  ...reachStagesDeps(app),
  profile: app.settings.profile,
  quarantine: app.quarantine.keep,
});

/** The handlers of CRMs' webhooks. `appUrl`: the address that a CRM was given, whatever a proxy makes of it. */
export function leadHooksPort(
  app: OpenApp,
  { appUrl, highLevelKey }: Pick<Env, "appUrl" | "highLevelKey">,
): LeadHooksPorts {
  const deps = acceptHookDeps(app);
  return {
    open: app.crmHooks.open,
    acceptHook: (posted) => acceptHook(posted, deps),
    noteUse: app.crmHooks.noteUse,
    inWords: (outcome) => stageOutcomeIn(ENGLISH, outcome),
    appUrl,
    highLevelKey,
  };
}

/** The handlers of the API for the merchant's own programs, which speaks English as APIs do. */
export function leadsPort(app: OpenApp): LeadsApiPorts {
  const deps = { ...reachStagesDeps(app), profile: app.settings.profile };
  return {
    checkKey: app.apiKeys.check,
    acceptStages: (posted) => acceptStages(posted, deps),
    inWords: (outcome) => stageOutcomeIn(ENGLISH, outcome),
  };
}
