import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import { eventsFromOrder } from "../normalize/events-from-order.ts";
import { factsOfOrder } from "../normalize/order-facts.ts";
import { NotStorable } from "../outbox/not-storable.ts";
import type { Added, NewEvent, WebhookKey } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { shopOfStatusPage } from "../shopify/webhooks/webhook-body.ts";
import { secondsOf } from "../shopify/orders/order-lines.ts";
import { acceptParcel, type AcceptParcelDeps, followParcels, isAboutAParcel } from "./accept-parcel.ts";
import { type CountingDeps, orderAsCounted } from "./order-as-counted.ts";
import { type UpsellsDeps, upsellsOf } from "./upsells-of-order.ts";
import { type Kept, quarantined, type Quarantined } from "./quarantined.ts";
import { returnedShop, type ReturnedShopDeps } from "./installation-of.ts";
import { type WakeUp, wakeUpsOf } from "./wake-ups.ts";

export type AcceptOrderDeps = UpsellsDeps &
  CountingDeps &
  AcceptParcelDeps &
  ReturnedShopDeps & {
    /** Null for a shop that has not opened the app, or was erased. */
    readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
    readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept>;
    /** `webhook` is null if the order did not come by webhook. */
    readonly add: (
      event: NewEvent,
      webhook: WebhookKey | null,
      also: readonly NewEvent[],
    ) => Promise<{ outcome: Added; due: boolean }>;
    /** Takes the lead that placed the order to its last stage. Called again with each webhook of the order. */
    readonly closeLead: (purchase: NewEvent, profile: ShopProfile) => Promise<void>;
    readonly wake: (targets: readonly WakeUp[]) => void;
    readonly now: () => Date;
  };

export type AcceptedOrder =
  | { readonly kind: Added; readonly eventId: EventId }
  | Quarantined
  /** `just-uninstalled`: Shopify should send the webhook again, in case the shop reinstalls. */
  | { readonly kind: "not-installed" | "just-uninstalled" }
  /** A shop without a row has no pixel, so nothing could be sent; nothing is stored either. */
  | { readonly kind: "unknown-shop" }
  /** The order belongs to another known shop. */
  | { readonly kind: "not-this-webhook" };

/**
 * Commits the order of a verified webhook as its Purchase and related events. Returns after the commit and makes no
 * call outside the database. Throws on a database outage, so that Shopify sends the webhook again.
 */
export async function acceptOrder(webhook: VerifiedWebhook, deps: AcceptOrderDeps): Promise<AcceptedOrder> {
  const profile = await sellingProfile(webhook, deps);
  if (typeof profile === "string") return { kind: profile };
  if (isAboutAParcel(webhook)) return acceptParcel(webhook, { ...deps, profile });

  const order = parseOrder(webhook.body);
  if (!order.ok) return quarantined(webhook, order.problem, deps);

  const now = deps.now();
  const occasion = { topic: webhook.topic, at_s: secondsOf(webhook.triggeredAt) };
  const counted = await orderAsCounted(order.value, { profile, occasion, now }, deps);
  const [purchase, ...also] = eventsFromOrder(counted, profile, now);
  const upsells = await upsellsOf(counted, { profile, purchase, now }, deps);
  const key = { topic: webhook.topic, webhookId: webhook.webhookId };
  const kept = { ...purchase, ...factsOfOrder(order.value, purchase, occasion) };
  const added = await deps.add(kept, key, [...also, ...upsells]).catch(problemOf);
  if ("code" in added) return quarantined(webhook, added, deps);
  await followParcels(order.value, purchase, deps);
  if (added.due) deps.wake(wakeUpsOf(profile));
  await deps.closeLead(purchase, profile);
  return { kind: added.outcome, eventId: purchase.body.event_id };
}

/**
 * Quarantines a payload that PostgreSQL can never store: Shopify would resend it for two days in vain. Any other error
 * is an outage and is thrown.
 */
function problemOf(error: unknown): PayloadProblem {
  if (error instanceof NotStorable) return { code: "not-storable", detail: error.message };
  throw error;
}

/** The shop's profile, or why its order is not accepted. */
async function sellingProfile(
  webhook: VerifiedWebhook,
  deps: AcceptOrderDeps,
): Promise<ShopProfile | Exclude<AcceptedOrder["kind"], Added | Quarantined["kind"]>> {
  const profile = await deps.profile(webhook.shop);
  if (profile === null) return "unknown-shop";
  if (await isOfAnotherShop(webhook, deps)) return "not-this-webhook";
  if (profile.installed) return profile;
  const returned = await returnedShop(webhook, deps);
  return returned === "is-back" ? ((await deps.profile(webhook.shop)) ?? "unknown-shop") : returned;
}

/** The header is only contradicted by a domain that is known to be another shop's: no order is lost to a doubt. */
async function isOfAnotherShop({ shop, body }: VerifiedWebhook, deps: AcceptOrderDeps): Promise<boolean> {
  const named = shopOfStatusPage(body);
  return named !== null && named !== shop && (await deps.profile(named)) !== null;
}
