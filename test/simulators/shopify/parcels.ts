import { numericId } from "./order-line-payload.ts";
import type { Order, Parcel } from "./types.ts";

/** A fulfillment inside an order's webhook. */
export const restParcel = (order: Order, parcel: Parcel) => ({
  id: numericId(parcel.id),
  admin_graphql_api_id: `gid://shopify/Fulfillment/${parcel.id}`,
  order_id: numericId(order.id),
  name: `#${order.number}.1`,
  status: "success",
  service: "manual",
  shipment_status: parcel.status,
  created_at: parcel.at.toISOString(),
  updated_at: parcel.updatedAt.toISOString(),
  tracking_company: parcel.tracking === null ? null : "DHL Express",
  tracking_number: parcel.tracking,
  tracking_numbers: parcel.tracking === null ? [] : [parcel.tracking],
  tracking_url: null,
  tracking_urls: [],
  location_id: null,
  line_items: [],
});

/** A fulfillment of the Admin API. */
export const parcelNode = ({ id, at, updatedAt, deliveredAt, status, tracking }: Parcel) => ({
  id: `gid://shopify/Fulfillment/${id}`,
  status: "SUCCESS",
  displayStatus: status?.toUpperCase() ?? "FULFILLED",
  createdAt: at.toISOString(),
  updatedAt: updatedAt.toISOString(),
  deliveredAt: deliveredAt?.toISOString() ?? null,
  trackingInfo: tracking === null ? [] : [{ company: "DHL Express", number: tracking, url: null }],
});
