/** What the Events page can be narrowed to; the keys are its URL's parameters. */
export type EventsFilter = {
  readonly period?: string;
  readonly event?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly legs?: string;
  readonly pixel?: string;
  readonly channel?: string;
};

/** The Events page with a filter. */
export function eventsUrl(filter: EventsFilter): string {
  const query = new URLSearchParams(Object.entries(filter));
  return query.size === 0 ? "/app/events" : `/app/events?${query.toString()}`;
}
