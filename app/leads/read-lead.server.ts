import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { LeadFacts, LeadReport } from "./lead-list-types.ts";
import { REPORT } from "./list-leads.server.ts";
import { stageAfter } from "./stage-after.ts";

type Stored = Omit<LeadFacts, "reports" | "stage" | "isDisqualified">;

// A CRM that repeats itself must not fill a page.
const MOST_REPORTS = 200;

/** One lead with the reports about it, in two statements; null for a lead that this shop does not have. */
export async function readLead(
  prisma: PrismaClient,
  shop: ShopDomain,
  { leadId, ends }: { readonly leadId: string; readonly ends: ReadonlySet<string> },
): Promise<LeadFacts | null> {
  const [[lead], newest] = await Promise.all([
    prisma.$queryRaw<Stored[]>`
      select lead_id as "leadId", kind, action, sent_as as "sentAs", happened_at as "happenedAt",
        external_id as "externalId", signal, array(select jsonb_object_keys(user_data) order by 1) as identifiers,
        page, campaign
      from lead where shop = ${shop} and lead_id = ${leadId}`,
    prisma.$queryRaw<LeadReport[]>`
      select ${REPORT}, event_id as "eventId", order_id as "orderId",
        (select max(order_name) from event
          where event.order_id = lead_stage.order_id and event.shop = lead_stage.shop) as "orderName"
      from lead_stage
      where lead_id = ${leadId} and shop = ${shop}
      order by outcome in ('accepted', 'reopened', 'disqualified-again') desc, lead_stage.id desc limit ${MOST_REPORTS}`,
  ]);
  if (lead === undefined) return null;
  const reports = newest.toSorted((one, other) => Number(BigInt(one.id) - BigInt(other.id)));
  const steps = reports.filter(({ outcome }) => CHANGES.includes(outcome));
  return { ...lead, ...stageAfter(steps, ends), reports };
}

const CHANGES: readonly string[] = ["accepted", "reopened", "disqualified-again"];

/** The merchant's own references of those leads that there are, by the lead's ID; null for a lead without one. */
export async function readLeadNames(
  prisma: PrismaClient,
  shop: ShopDomain,
  leadIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (leadIds.length === 0) return new Map();
  const rows = await prisma.lead.findMany({
    where: { shop, leadId: { in: [...leadIds] } },
    select: { leadId: true, externalId: true },
  });
  return new Map(rows.map(({ leadId, externalId }) => [leadId, externalId]));
}
