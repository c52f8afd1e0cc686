import { type EventsFilter, eventsUrl } from "../../components/events-url.ts";
import type { Period } from "./period.ts";

/** The periods as the Events page has them. */
const PERIODS_OF_EVENTS = { today: "today", "7d": "7", "30d": "30", "90d": "90" } as const satisfies Record<
  Period,
  EventsFilter["period"]
>;

/** The events behind a figure of a period. */
export const eventsOf = (period: Period, filter: Omit<EventsFilter, "period">): string =>
  eventsUrl({ period: PERIODS_OF_EVENTS[period], ...filter });
