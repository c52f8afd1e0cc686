import type { Log } from "../logging/logger.server.ts";
import type { FlowOutbox } from "../jobs/flow-outbox.server.ts";
import type { Settled } from "../outbox/types.ts";
import { acceptActionRun } from "../pipeline/accept-action-run.ts";
import type { BatchDeps } from "../pipeline/deliver-claims.ts";
import type { SendTriggersDeps } from "../jobs/send-flow-triggers.ts";
import { ENGLISH } from "../wording/english.ts";
import { stageOutcomeIn } from "../wording/lead-words.ts";
import type { FlowPorts } from "./http/flow.server.ts";
import { reachStagesDeps } from "./leads-port.server.ts";
import type { OpenApp } from "./open-app.server.ts";

/** The handlers of Shopify Flow's requests. Flow does not say the merchant's language. */
export function flowPort(app: OpenApp): FlowPorts {
  const deps = { ...reachStagesDeps(app), profile: app.settings.profile };
  return {
    isSigned: app.isSignedByShopify,
    acceptActionRun: (sent) => acceptActionRun(sent, deps),
    noteWorkflow: app.flowOutbox.noteWorkflow,
    inWords: (outcome) => stageOutcomeIn(ENGLISH, outcome),
  };
}

export const sendTriggersDeps = (app: OpenApp, log: Log): SendTriggersDeps => ({
  outbox: app.flowOutbox,
  admin: app.connection.offlineAdmin,
  now: app.now,
  log,
});

type Noting = { readonly outbox: Pick<FlowOutbox, "noteRefused">; readonly log: Log };

/** Settles, and notes for Shopify Flow what Meta has refused. A settlement never fails for that. */
export const settleAndNote =
  (settle: BatchDeps["settle"], { outbox, log }: Noting): BatchDeps["settle"] =>
  async (settled, now) => {
    const counts = await settle(settled, now);
    const [first, ...others] = settled.filter(isRefused);
    if (first === undefined) return counts;
    const { shop } = first.claim;
    try {
      await outbox.noteRefused(
        shop,
        [first, ...others].map(({ claim, settlement: { reason } }) => ({
          eventName: claim.eventName,
          eventId: claim.eventId,
          pixelId: claim.pixelId,
          reason,
          refusedAt: now.toISOString(),
        })),
        now,
      );
    } catch (error) {
      log.error("flow.refusals-not-noted", { shop, error });
    }
    return counts;
  };

type Refused = Settled & { readonly settlement: { readonly kind: "refused" } };
const isRefused = (one: Settled): one is Refused => one.settlement.kind === "refused";
