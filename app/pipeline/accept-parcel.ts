import { z } from "zod";
import { orderId, purchaseEventId } from "../event-contract/event-id.ts";
import type { LookAgain } from "../outbox/look-again.server.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { Order, PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import { parsedPayload } from "../shopify/webhooks/parsed-payload.ts";
import type { AcceptedOrder } from "./accept-order.ts";
import { type Kept, quarantined } from "./quarantined.ts";

export type AcceptParcelDeps = {
  readonly lookAgain: (when: LookAgain) => Promise<void>;
  readonly now: () => Date;
};

type Given = AcceptParcelDeps & {
  readonly profile: ShopProfile;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept>;
};

// Both kinds of payload name their order: fulfillments and fulfillment events (shopify.dev, webhooks 2026-10).
const parcelSchema = z.object({ order_id: z.union([z.number(), z.string()]) });

export const isAboutAParcel = ({ topic }: Pick<VerifiedWebhook, "topic">): boolean => /^fulfillment/.test(topic);

/**
 * A webhook about one of an order's parcels. It contains neither the other parcels nor the order, so if the order waits
 * for its delivery, it is read from Shopify.
 */
export async function acceptParcel(webhook: VerifiedWebhook, given: Given): Promise<AcceptedOrder> {
  const { shop, settings } = given.profile;
  const parcel = parsedPayload(webhook.body, parcelSchema, "not-an-order");
  const order = parcel.ok ? orderId(parcel.value.order_id) : null;
  if (order === null) {
    const problem = parcel.ok ? { code: "not-an-order" as const, detail: "order_id: expected digits" } : parcel.problem;
    return quarantined(webhook, problem, given);
  }
  const eventId = purchaseEventId(shop, order);
  if (settings.purchaseTrigger === "fulfilled") await given.lookAgain({ shop, eventId, at: given.now() });
  return { kind: "already-there", eventId };
}

/** How often an order with parcels in transit is read from Shopify. A delivery has its own time stamp. */
export const LOOK_AGAIN_MS = 6 * 3_600_000;

/**
 * Schedules reads of an order in transit from Shopify, because a delivery webhook may never arrive and some carriers
 * report nothing.
 */
export async function followParcels(
  order: Order,
  { shop, state, reason, body }: NewEvent,
  { lookAgain, now }: AcceptParcelDeps,
): Promise<void> {
  if (state !== "waiting-for-payment" || reason !== "waiting-for-fulfillment" || !order.isFulfilled) return;
  await lookAgain({ shop, eventId: body.event_id, at: new Date(now().getTime() + LOOK_AGAIN_MS) });
}
