import { countsLater, DEFAULT_ORDER_SETTINGS, type PurchaseTrigger } from "../event-contract/order-settings.ts";
import type { OrderReason } from "../event-contract/reason.ts";
import type { Settings } from "../settings/types.ts";
import type { Order, Parcel } from "../shopify/types.ts";
import { isPaid, type Occasion } from "./paid-later.ts";

const DAY_S = 86_400;
/**
 * How long the carrier of a trackable parcel may report nothing. After that, the carrier is assumed not to report to
 * Shopify, and the parcel counts from when it was sent. Meta accepts events for seven days, which leaves four for an
 * outage.
 */
export const CARRIER_SILENCE_S = 3 * DAY_S;

const WAITING = {
  placed: null,
  paid: "waiting-for-payment",
  fulfilled: "waiting-for-fulfillment",
  tagged: "waiting-for-tag",
} as const satisfies Record<PurchaseTrigger, OrderReason | null>;

/** What the order still waits for under the shop's trigger; null if it counts. */
export function waitingFor(order: Order, { purchaseTrigger }: Settings): OrderReason | null {
  const counts = countsLater(purchaseTrigger) ? order.countedLaterAt_s !== undefined : isPaid(order);
  return counts ? null : WAITING[purchaseTrigger];
}

type Seen = { readonly occasion: Occasion; readonly settings: Settings; readonly now: Date };

/**
 * When the order was delivered, fulfilled or tagged, by the shop's trigger, Unix seconds; null if it was not yet.
 * Always Shopify's own time, so that an old order is never reported as new.
 */
export function metAt_s(order: Order, { occasion, settings, now }: Seen): number | null {
  if (order.cancelled) return null;
  if (settings.purchaseTrigger === "fulfilled") return fulfilledAt_s(order, { occasion, now });
  const { triggerTag } = settings.orders ?? DEFAULT_ORDER_SETTINGS;
  return hasTag(order, triggerTag) ? changedAt_s(order, occasion) : null;
}

export const hasTag = ({ tags }: Pick<Order, "tags">, tag: string): boolean =>
  tag !== "" && tags.some((orderTag) => plain(orderTag) === plain(tag));

const plain = (tag: string): string => tag.trim().toLowerCase();

/** The earliest time that Shopify gives for the order's current state. */
function changedAt_s({ updatedAt_s, placedAt_s }: Order, { at_s }: Occasion): number {
  const moments = [at_s, updatedAt_s].filter((moment) => moment !== null);
  return Math.max(placedAt_s, moments.length > 0 ? Math.min(...moments) : placedAt_s);
}

function fulfilledAt_s(order: Order, { occasion, now }: Omit<Seen, "settings">): number | null {
  if (!order.isFulfilled) return null;
  if (order.parcels.length === 0) return changedAt_s(order, occasion);
  const moments = order.parcels.map((parcel) => arrivedAt_s(parcel, now));
  const known = moments.filter((moment) => moment !== null);
  return known.length === moments.length ? Math.max(order.placedAt_s, ...known) : null;
}

/** When the parcel counts as delivered, Unix seconds; null while its carrier has it, or may still report. */
function arrivedAt_s({ at_s, deliveredAt_s, carrier }: Parcel, now: Date): number | null {
  if (deliveredAt_s !== null) return deliveredAt_s;
  if (carrier === "reports") return null;
  return carrier === "none" || now.getTime() / 1000 - at_s >= CARRIER_SILENCE_S ? at_s : null;
}
