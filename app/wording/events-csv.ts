import { legsReached } from "../ledger/legs-reached.ts";
import type { EventRow } from "../ledger/types.ts";
import { csvLine } from "./csv.ts";

export const EVENTS_HEADER = csvLine([
  "event",
  "event_id",
  "order_id",
  "happened_at",
  "outcome",
  "reason",
  "value",
  "currency",
  "browser_leg",
  "legs",
  "test",
]);

/** A line of the export: nothing of the customer's. */
export const eventLine = (event: EventRow): string =>
  csvLine([
    event.eventName,
    event.eventId,
    event.orderId,
    Number.isNaN(event.eventTime.getTime()) ? null : event.eventTime.toISOString(),
    event.state,
    event.reason,
    event.value,
    event.currency,
    event.browserLeg,
    legsReached(event),
    event.isTest,
  ]);
