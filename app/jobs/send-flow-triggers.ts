import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { FlowMessage, FlowMessageEnd, FlowOutbox } from "./flow-outbox.server.ts";
import type { AdminAnswer, AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import { problemOfTrigger, START_WORKFLOWS } from "../shopify/flow/triggers.ts";

export type SendTriggersDeps = {
  readonly outbox: Pick<FlowOutbox, "noteStages" | "due" | "take" | "end">;
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  readonly now: () => Date;
  readonly log: Log;
};

const PER_SHOP_AND_ROUND = 100;
const MOST_ATTEMPTS = 6;
const MINUTE_MS = 60_000;

/** Tells Shopify Flow what happened, in the shops that have a workflow for it. Never throws for Shopify's errors. */
export async function sendFlowTriggers(deps: SendTriggersDeps): Promise<void> {
  await deps.outbox.noteStages(deps.now());
  for (const shop of await deps.outbox.due(deps.now())) {
    try {
      await sendOfShop(shop, deps);
    } catch (error) {
      deps.log.error("flow.triggers-not-sent", { shop, error });
    }
  }
}

async function sendOfShop(shop: ShopDomain, { outbox, admin, now, log }: SendTriggersDeps): Promise<void> {
  const ask = await admin(shop);
  if (ask === null) return;
  for (let sent = 0; sent < PER_SHOP_AND_ROUND; sent += 1) {
    const message = await outbox.take(shop, now());
    if (message === null) return;
    const end = await sentTo(ask, message, now);
    await outbox.end(shop, message.id, end);
    if (end.state === "sent") continue;
    log.warn("flow.trigger-not-sent", { shop, handle: message.handle, state: end.state, problem: end.problem });
    // What Shopify has against one trigger says nothing of the next; an outage does.
    if (end.state === "waiting" || end.state === "unknown") return;
  }
}

async function sentTo(ask: AdminGraphql, message: FlowMessage, now: () => Date): Promise<FlowMessageEnd> {
  const { handle, payload } = message;
  if (payload === null) return { state: "given-up", problem: "What it was about is deleted." };
  return endOf(await ask(START_WORKFLOWS, { handle, payload }), message, now());
}

function endOf(answer: AdminAnswer, { attempts }: FlowMessage, now: Date): FlowMessageEnd {
  if (answer.kind === "answered") {
    const problem = problemOfTrigger(answer.data);
    return { state: problem === null ? "sent" : "refused", problem };
  }
  const problem = answer.message;
  // Flow has no key for repetitions: what may have arrived is not sent again.
  if (answer.kind === "unavailable" && answer.mayHaveArrived) return { state: "unknown", problem };
  if (attempts >= MOST_ATTEMPTS) return { state: "given-up", problem };
  return { state: "waiting", problem, dueAt: new Date(now.getTime() + MINUTE_MS * 2 ** attempts) };
}
