import { eventUrl } from "../../components/record-urls.ts";
import type { EventRow } from "../../ledger/types.ts";

/** The URL of an event's page with its time, since a storefront may report an ID again on another day. */
export const eventUrlAt = (row: Pick<EventRow, "eventName" | "eventId" | "orderId" | "eventTime">): string =>
  row.orderId === null ? `${eventUrl(row)}?at=${String(row.eventTime.getTime())}` : eventUrl(row);

/** The time in such a URL; null if it has none. */
export function timeInQuery(parameters: URLSearchParams): Date | null {
  const time = new Date(Number(parameters.get("at") ?? Number.NaN));
  return Number.isNaN(time.getTime()) ? null : time;
}

/** The filter's fields by their names in the URL. */
export const FILTER_FIELDS = ["period", "event", "outcome", "reason", "legs", "pixel", "channel", "order"] as const;

/** As the URL has it; empty text: not filtered by that. */
export type EventFilter = Readonly<Record<(typeof FILTER_FIELDS)[number], string>>;

export const NO_FILTER: EventFilter = {
  period: "",
  event: "",
  outcome: "",
  reason: "",
  legs: "",
  pixel: "",
  channel: "",
  order: "",
};

/** The filter as a URL's query, with the cursor of a page if there is one. */
export const filterQuery = (filter: Partial<EventFilter>, cursor: string | null = null): string =>
  new URLSearchParams([
    ...FILTER_FIELDS.flatMap((field) => (filter[field] ? [[field, filter[field]]] : [])),
    ...(cursor === null ? [] : [["cursor", cursor]]),
  ]).toString();

/** The URL of the list with a filter, from its newest page or from a cursor. */
export function eventsUrl(filter: Partial<EventFilter>, cursor: string | null): string {
  const query = filterQuery(filter, cursor);
  return query === "" ? "/app/events" : `/app/events?${query}`;
}
