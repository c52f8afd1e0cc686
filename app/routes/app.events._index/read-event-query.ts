import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import { type OrderId, orderId } from "../../event-contract/event-id.ts";
import { isStorable } from "../../event-contract/storable-text.ts";
import type { EventQuery } from "../../server/admin-ports.ts";
import { type EventFilter, NO_FILTER } from "./event-links.ts";
import { CHANNELS, LEGS, OUTCOMES, PERIODS } from "./filter-choices.ts";

export type EventListRequest = {
  /** The filter as the form shows it again. */
  readonly filter: EventFilter;
  readonly query: EventQuery;
  /** Whether the text that was searched for can be neither an order nor an event. */
  readonly isUnreadable: boolean;
};

/**
 * Reads the list's query; a value that no field has filters nothing. An order may be given by its name, its ID, its GID,
 * or its URL in the Shopify admin; an event by its ID, or by the trace ID of Meta's answer.
 */
export function readEventQuery(parameters: URLSearchParams): EventListRequest {
  const text = (name: string): string => (parameters.get(name) ?? "").trim();
  const oneOf = <Value extends string>(name: string, known: readonly Value[]): Value | "" =>
    known.find((value) => value === text(name)) ?? "";
  const order = text("search") || text("order");
  const cursor = text("cursor");
  const sought = searchIn(order);
  const chosen = {
    period: oneOf("period", PERIODS),
    outcome: oneOf("outcome", OUTCOMES),
    legs: oneOf("legs", LEGS),
    channel: oneOf("channel", CHANNELS),
    reason: shortText(text("reason")),
    pixel: shortText(text("pixel")),
  };
  const eventName = oneOf("event", EVENT_NAMES) || oneOf("name", EVENT_NAMES);
  return {
    filter: { ...NO_FILTER, ...chosen, event: eventName, order },
    query: withoutEmpty({ ...chosen, eventName, cursor, ...sought }),
    isUnreadable: sought === null,
  };
}

// What is not empty is of the field's own type.
const withoutEmpty = (query: Readonly<Record<string, string>>): EventQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));

const LONGEST_SEARCH = 200;

/** Meta's advice may be a reason too. */
const LONGEST_REASON = 1_000;
const shortText = (text: string): string => (text.length <= LONGEST_REASON && isStorable(text) ? text : "");

/** Digits alone may be an order's number or its ID. Null if the text can be neither an order nor an event. */
function searchIn(text: string): Pick<EventQuery, "orderId" | "search"> | null {
  if (text === "") return {};
  if (/^(?:https|gid):/.test(text)) {
    const order = orderId(/^https:\/\/.*\/orders\/(\d+)/.exec(text)?.[1] ?? text);
    return order && { orderId: order };
  }
  return text.length <= LONGEST_SEARCH && isStorable(text) ? { search: text } : null;
}

/**
 * The order that was searched for (`search`), if nothing but one order can be meant; else null, and the events are
 * listed. `order` lists the events of an order.
 */
export async function onlyOrder(
  parameters: URLSearchParams,
  find: (text: string) => Promise<readonly OrderId[]>,
): Promise<OrderId | null> {
  if (!parameters.get("search")) return null;
  const { query } = readEventQuery(parameters);
  const text = query.orderId ?? query.search;
  const [order, ...others] = text === undefined ? [] : await find(text);
  return order !== undefined && others.length === 0 ? order : null;
}
