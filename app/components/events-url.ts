import type { EventQuery } from "../server/admin-ports.ts";

/** What the Events page can be narrowed to; the keys are its URL's parameters. */
export type EventsFilter = Pick<EventQuery, "period" | "outcome" | "reason" | "legs" | "pixel" | "channel"> & {
  readonly event?: string;
};

/** The Events page with a filter. */
export function eventsUrl(filter: EventsFilter): string {
  const query = new URLSearchParams(Object.entries(filter));
  return query.size === 0 ? "/app/events" : `/app/events?${query.toString()}`;
}
