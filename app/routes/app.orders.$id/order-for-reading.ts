import type { OrderDetail } from "../../ledger/types.ts";
import { type EventForReading, eventForReading } from "../app.events.$name.$id/event-for-reading.ts";

/** An order without personal data, as the admin page receives it. */
export type OrderForReading = Omit<OrderDetail, "events"> & { readonly events: readonly EventForReading[] };

/** Runs on the server, before the order is sent to the page. */
export const orderForReading = ({ events, ...order }: OrderDetail): OrderForReading => ({
  ...order,
  events: events.map(eventForReading),
});
