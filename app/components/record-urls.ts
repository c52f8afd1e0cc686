import type { OrderId } from "../event-contract/event-id.ts";

/** The URL of an event's page. */
export const eventUrl = ({ eventName, eventId }: { readonly eventName: string; readonly eventId: string }): string =>
  `/app/events/${encodeURIComponent(eventName)}/${encodeURIComponent(eventId)}`;

/** The URL of an order's page. */
export const orderUrl = (order: OrderId): string => `/app/orders/${order}`;

/** The URL of a lead's page. */
export const leadUrl = (leadId: string): string => `/app/leads/${encodeURIComponent(leadId)}`;
