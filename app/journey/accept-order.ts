import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { parseOrder } from "../intake/parse-order.ts";
import type { Order, PayloadProblem, VerifiedWebhook } from "../intake/types.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { mayBeUpsold, upsellsFromOrder } from "../normalize/upsells-from-order.ts";
import type { Added, NewEvent, WebhookKey } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptOrderDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<unknown>;
  readonly add: (
    event: NewEvent,
    webhook: WebhookKey,
    also: readonly NewEvent[],
  ) => Promise<{ outcome: Added; due: boolean }>;
  /** What the ledger's event with this id said; null where there is none or it is withheld. */
  readonly toldBy?: (shop: ShopDomain, eventId: EventId) => Promise<CustomData | null>;
  readonly wake: (targets: readonly WakeUp[]) => void;
  readonly now: () => Date;
};

export type AcceptedOrder =
  | { readonly kind: Added; readonly eventId: EventId }
  | { readonly kind: "quarantined"; readonly problem: PayloadProblem }
  | { readonly kind: "not-installed" };

/**
 * One verified order webhook becomes its Purchase, and what else the order tells, in one commit. Returns only after the commit; makes no call outside the
 * database. A database outage throws, so that Shopify sends the webhook again.
 */
export async function acceptOrder(webhook: VerifiedWebhook, deps: AcceptOrderDeps): Promise<AcceptedOrder> {
  const profile = await deps.profile(webhook.shop);
  if (!profile.installed) return { kind: "not-installed" };

  const order = parseOrder(webhook.body);
  if (!order.ok) {
    await deps.quarantine(webhook, order.problem);
    return { kind: "quarantined", problem: order.problem };
  }

  const [purchase, ...also] = eventsFromOrder(order.value, profile, deps.now());
  const upsells = await upsellsOf(order.value, purchase, { profile, deps });
  const key = { topic: webhook.topic, webhookId: webhook.webhookId };
  const { outcome, due } = await deps.add(purchase, key, [...also, ...upsells]);
  if (due) deps.wake(wakeUpsOf(profile));
  return { kind: outcome, eventId: purchase.body.event_id };
}

/** Asks the ledger only where the merchant wants these events and the order is young enough to have one. */
async function upsellsOf(
  order: Order,
  purchase: NewEvent,
  { profile, deps }: { readonly profile: ShopProfile; readonly deps: AcceptOrderDeps },
): Promise<readonly NewEvent[]> {
  const now = deps.now();
  const isWanted = profile.settings.orders?.upsellEvent === true && purchase.state !== "withheld";
  if (!isWanted || !mayBeUpsold(order, now)) return [];
  const told = await deps.toldBy?.(profile.shop, purchase.body.event_id);
  return told ? upsellsFromOrder(order, { purchase, told, settings: profile.settings }, now) : [];
}
