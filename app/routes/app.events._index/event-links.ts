import type { OrderId } from "../../event-contract/event-id.ts";
import type { EventRow } from "../../ledger/types.ts";

/** The URL of an event's page. */
export const eventUrl = ({ eventName, eventId }: Pick<EventRow, "eventName" | "eventId">): string =>
  `/app/events/${encodeURIComponent(eventName)}/${encodeURIComponent(eventId)}`;

/** The URL of an order's page. */
export const orderUrl = (order: OrderId): string => `/app/orders/${order}`;

export type EventFilter = { readonly name: string; readonly order: string };

/** The URL of the list with a filter, from its newest page or from a cursor. */
export function eventsUrl({ name, order }: EventFilter, cursor: string | null): string {
  const query = new URLSearchParams({
    ...(name !== "" && { name }),
    ...(order !== "" && { order }),
    ...(cursor !== null && { cursor }),
  });
  return query.size === 0 ? "/app/events" : `/app/events?${query.toString()}`;
}
