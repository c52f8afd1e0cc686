import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { Added, NewEvent, WebhookKey } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { secondsOf } from "../shopify/orders/order-lines.ts";
import { orderAsPaid, type PaymentDeps } from "./payment-of-order.ts";
import { type UpsellsDeps, upsellsOf } from "./upsells-of-order.ts";
import { returnedShop, type ReturnedShopDeps } from "./installation-of.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptOrderDeps = UpsellsDeps &
  PaymentDeps &
  ReturnedShopDeps & {
    readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
    readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<unknown>;
    /** Without a webhook's key where none brought the order. */
    readonly add: (
      event: NewEvent,
      webhook: WebhookKey | null,
      also: readonly NewEvent[],
    ) => Promise<{ outcome: Added; due: boolean }>;
    readonly wake: (targets: readonly WakeUp[]) => void;
    readonly now: () => Date;
  };

export type AcceptedOrder =
  | { readonly kind: Added; readonly eventId: EventId }
  | { readonly kind: "quarantined"; readonly problem: PayloadProblem }
  /** `just-uninstalled`: Shopify is to send it again, in case the shop comes back. */
  | { readonly kind: "not-installed" | "just-uninstalled" };

/**
 * One verified order webhook becomes its Purchase, and what else the order tells, in one commit. Returns only after the commit; makes no call outside the
 * database. A database outage throws, so that Shopify sends the webhook again.
 */
export async function acceptOrder(webhook: VerifiedWebhook, deps: AcceptOrderDeps): Promise<AcceptedOrder> {
  const profile = await sellingProfile(webhook, deps);
  if (typeof profile === "string") return { kind: profile };

  const order = parseOrder(webhook.body);
  if (!order.ok) {
    await deps.quarantine(webhook, order.problem);
    return { kind: "quarantined", problem: order.problem };
  }

  const now = deps.now();
  const occasion = { topic: webhook.topic, at_s: secondsOf(webhook.triggeredAt) };
  const asPaid = await orderAsPaid(order.value, { profile, occasion }, deps);
  const [purchase, ...also] = eventsFromOrder(asPaid, profile, now);
  const upsells = await upsellsOf(asPaid, { profile, purchase, now }, deps);
  const key = { topic: webhook.topic, webhookId: webhook.webhookId };
  const added = await deps.add(purchase, key, [...also, ...upsells]).catch(problemOf);
  if ("code" in added) {
    await deps.quarantine(webhook, added);
    return { kind: "quarantined", problem: added };
  }
  if (added.due) deps.wake(wakeUpsOf(profile));
  return { kind: added.outcome, eventId: purchase.body.event_id };
}

/** What can never be stored would come again for two days, and be refused every time. Anything else is an outage. */
function problemOf(error: unknown): PayloadProblem {
  if (error instanceof NotStorable) return { code: "not-storable", detail: error.message };
  throw error;
}

/** The shop's profile, or why nothing of it is taken. */
async function sellingProfile(
  webhook: VerifiedWebhook,
  deps: AcceptOrderDeps,
): Promise<ShopProfile | "not-installed" | "just-uninstalled"> {
  const profile = await deps.profile(webhook.shop);
  if (profile.installed) return profile;
  const returned = await returnedShop(webhook, deps);
  return returned === "is-back" ? deps.profile(webhook.shop) : returned;
}
