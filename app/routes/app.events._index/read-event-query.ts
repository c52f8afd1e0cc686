import { isEventName } from "../../event-contract/event-name.ts";
import { type OrderId, orderId } from "../../event-contract/event-id.ts";
import { isStorable } from "../../event-contract/storable-text.ts";
import type { EventFilter } from "./event-links.ts";
import type { EventQuery } from "../../server/admin-ports.ts";

export type EventListRequest = {
  /** The filter as the form shows it again. */
  readonly filter: EventFilter;
  readonly query: EventQuery;
  readonly problem: string | null;
};

/**
 * Reads the list's query. An order may be given by its name, its ID, its GID, or its URL in the Shopify admin; an event
 * by its ID.
 */
export function readEventQuery(parameters: URLSearchParams): EventListRequest {
  const text = (name: string) => (parameters.get(name) ?? "").trim();
  const order = text("search") || text("order");
  const cursor = text("cursor");
  const eventName = isEventName(text("name")) ? text("name") : "";
  const sought = searchIn(order);
  return {
    filter: { name: eventName, order },
    query: { ...(eventName && { eventName }), ...sought, ...(cursor && { cursor }) },
    problem:
      sought === null
        ? "Not an order or an event. Enter an order’s number, such as #1001, its ID or its address in the Shopify admin, or an event’s ID."
        : null,
  };
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

const LONGEST_SEARCH = 200;

/** Digits alone may be an order's number or its ID. Null if the text can be neither an order nor an event. */
function searchIn(text: string): Pick<EventQuery, "orderId" | "search"> | null {
  if (text === "") return {};
  if (/^(?:https|gid):/.test(text)) {
    const order = orderId(/^https:\/\/.*\/orders\/(\d+)/.exec(text)?.[1] ?? text);
    return order && { orderId: order };
  }
  return text.length <= LONGEST_SEARCH && isStorable(text) ? { search: text } : null;
}
