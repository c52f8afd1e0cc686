import { leadOfOrder, namesOfBuyer } from "../leads/lead-of-order.ts";
import type { NewEvent } from "../outbox/types.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { Funnel, ShopProfile } from "../settings/types.ts";
import type { StageReport } from "../leads/types.ts";
import { reachStage, type ReachStagesDeps } from "./reach-stages.ts";

/**
 * Takes the lead that placed an order to the funnel's last stage. Only an order that counts does, when it counts. It runs
 * after the order is committed and before Shopify gets its answer, and each later webhook of the order repeats it: the
 * report has the order's number as its key, so that a crash in between is made good and nothing happens twice.
 */
export async function closeLead(purchase: NewEvent, profile: ShopProfile, deps: ReachStagesDeps): Promise<void> {
  const names = counts(purchase) ? namesOfBuyer(purchase.body.user_data) : [];
  if (names.length === 0) return;
  const funnel = funnelOf(profile.settings);
  const known = await deps.leadsNamed(profile.shop, { names, funnel });
  const candidates = names.map((lead, n) => ({ lead, states: known[n] ?? [] }));
  const order = { userData: purchase.body.user_data, at: placedAt(purchase) };
  const ended = leadOfOrder(candidates, order, funnel);
  if (ended === null) return;
  const report = reportOf(purchase, ended.lead, funnel);
  await reachStage(report, profile, { ...deps, leadsNamed: () => Promise.resolve([[ended.state]]) });
}

const counts = ({ state, isTest }: NewEvent): boolean => state === "joining" && isTest !== true;

const placedAt = ({ body }: NewEvent): Date => new Date(body.event_time * 1000);

function reportOf(purchase: NewEvent, lead: StageReport["lead"], { stages }: Funnel): StageReport {
  const { value, currency } = purchase.body.custom_data;
  const { orderId, signal } = purchase;
  return {
    lead,
    stage: stages.find(({ kind }) => kind === "won")?.key ?? "won",
    happenedAt: placedAt(purchase),
    source: "order",
    idempotencyKey: purchase.body.event_id,
    digest: "",
    ...(value !== undefined && currency !== undefined && { worth: { value, currency } }),
    ...(orderId !== null && { orderId }),
    // What the buyer refused for the order, the stage must not tell Meta of it.
    ...(signal?.marketing === false && { consent: "declined" }),
  };
}
