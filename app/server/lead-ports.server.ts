import { may } from "../access/roles.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { LeadFacts } from "../leads/lead-list-types.ts";
import { countLeads, listLeads, listRefusedReports } from "../leads/list-leads.server.ts";
import { readLead } from "../leads/read-lead.server.ts";
import { reachStage } from "../pipeline/reach-stages.ts";
import { digestOfSaid } from "../pipeline/reports-from-request.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { Funnel } from "../settings/types.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { LeadsQuery, LeadsView, StageByHand } from "./lead-port-types.ts";
import { reachStagesDeps } from "./leads-port.server.ts";
import type { OpenApp } from "./open-app.server.ts";

const PAGE_SIZE = 50;
const REFUSED_SIZE = 20;
const DAY_MS = 86_400_000;

/** Leads and what was reported about them, with a record of who saw and who changed them. */
export const leadPorts = (
  app: OpenApp,
  { by, role }: PortsUser,
): Pick<AdminPorts, "leads" | "lead" | "reportStage" | "deleteLead"> => ({
  leads: async (shop, query) => {
    app.access.seen.note(shop, by, { kind: "leads", subject: null });
    return leadsView(app, shop, query);
  },

  lead: async (shop, leadId) => {
    const { prisma } = app.database;
    const { settings } = await app.profile(shop);
    const funnel = funnelOf(settings);
    const lead = await readLead(prisma, shop, { leadId, ends: endsOf(funnel) });
    if (lead === null) return null;
    app.access.seen.note(shop, by, { kind: "lead", subject: { kind: "lead", name: leadId } });
    const events = await app.eventLog.ofLead(shop, leadId);
    return { lead: may(role, "see-customers") ? lead : withoutPerson(lead), events, funnel };
  },

  reportStage: async (shop, report) => {
    const profile = await app.profile(shop);
    const { leadId, outcome } = await reachStage(byHand(report), profile, reachStagesDeps(app));
    const after = { stage: report.stage, outcome };
    if (leadId !== null) {
      await app.access.noteChange(shop, {
        by,
        subject: { kind: "lead", name: leadId },
        action: "stage-reported",
        before: null,
        after,
      });
    }
    return outcome;
  },

  deleteLead: async (shop, leadId) => {
    if (!(await app.privacy.eraseLead(shop, leadId))) return false;
    await app.access.noteChange(shop, {
      by,
      subject: { kind: "lead", name: leadId },
      action: "erased",
      before: null,
      after: null,
    });
    return true;
  },
});

/** The keys of the stages that disqualify. */
const endsOf = ({ stages }: Funnel): ReadonlySet<string> =>
  new Set(stages.filter(({ kind }) => kind === "disqualified").map(({ key }) => key));

async function leadsView(
  { database: { prisma }, profile, now }: Pick<OpenApp, "database" | "profile" | "now">,
  shop: ShopDomain,
  { period, cursor, refusedCursor, ...wanted }: LeadsQuery,
): Promise<LeadsView> {
  const funnel = funnelOf((await profile(shop)).settings);
  const from = period === undefined ? undefined : new Date(now().getTime() - Number(period) * DAY_MS);
  const { reason } = wanted;
  const [counts, page, refused] = await Promise.all([
    countLeads(prisma, shop, { from, origin: wanted.origin }),
    listLeads(prisma, shop, { query: { ...wanted, from, cursor, limit: PAGE_SIZE }, ends: endsOf(funnel) }),
    listRefusedReports(prisma, shop, { from, reason, cursor: refusedCursor, limit: REFUSED_SIZE }),
  ]);
  return { counts, page, refused, funnel };
}

const withoutPerson = (lead: LeadFacts): LeadFacts => ({ ...lead, identifiers: [], page: null, campaign: null });

/** The form's own key: sent twice, it gets the same answer. */
function byHand({ leadId, stage, at, worth, key }: StageByHand) {
  const said = {
    lead: { by: "event-id", value: leadId },
    stage,
    happenedAt: at,
    ...(worth !== null && { worth }),
  } as const;
  return { ...said, source: "hand", idempotencyKey: key, digest: digestOfSaid(said) } as const;
}
