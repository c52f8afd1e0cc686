import type { Parcel } from "../types.ts";
import { secondsOf } from "./order-lines.ts";
import type { OrderPayload } from "./order-schema.ts";

// `success` is a created fulfillment's status; old ones have none (shopify.dev, FulfillmentStatus, 2026-10).
const MADE = /^success$/i;
// Values of `shipment_status` and of the Admin API's FulfillmentDisplayStatus (2026-10) that only carriers report.
// `confirmed` is Shopify's "default value when no other information is available", and the merchant creates labels.
const BY_CARRIER =
  /^(?:carrier_picked_up|in_transit|out_for_delivery|attempted_delivery|delayed|ready_for_pickup|failure|not_delivered)$/i;
const WITH_BUYER = /^(?:delivered|picked_up)$/i;

type Fulfillment = NonNullable<OrderPayload["fulfillments"]>[number];

/** The order's parcels that were handed over or sent, without canceled and failed ones. */
export const parcelsOf = ({ fulfillments }: OrderPayload): readonly Parcel[] =>
  (fulfillments ?? []).flatMap((fulfillment): Parcel[] => {
    const at_s = secondsOf(fulfillment.created_at);
    if (at_s === null || !MADE.test(fulfillment.status ?? "success")) return [];
    return [{ at_s, deliveredAt_s: deliveredAt_s(fulfillment, at_s), carrier: carrierOf(fulfillment) }];
  });

function carrierOf({ shipment_status: status, tracking_number: number, delivered_at }: Fulfillment): Parcel["carrier"] {
  const reports = BY_CARRIER.test(status ?? "") || WITH_BUYER.test(status ?? "") || Boolean(delivered_at);
  if (reports) return "reports";
  return number ? "silent" : "none";
}

/** A webhook has no arrival time; its last change is when Shopify learned of the delivery. */
function deliveredAt_s({ shipment_status, delivered_at, updated_at }: Fulfillment, at_s: number): number | null {
  const known = secondsOf(delivered_at) ?? (WITH_BUYER.test(shipment_status ?? "") ? secondsOf(updated_at) : null);
  return known === null ? null : Math.max(known, at_s);
}
