import { isEventName } from "../../event-contract/event-name.ts";
import { type OrderId, orderId } from "../../event-contract/event-id.ts";
import type { EventFilter } from "./event-links.ts";
import type { EventQuery } from "../../server/admin-ports.ts";

export type EventListRequest = {
  /** The filter as the form shows it again. */
  readonly filter: EventFilter;
  readonly query: EventQuery;
  readonly problem: string | null;
};

/** Reads the list's query. An order may be given by its ID, its GID, or its URL in the Shopify admin. */
export function readEventQuery(parameters: URLSearchParams): EventListRequest {
  const text = (name: string) => (parameters.get(name) ?? "").trim();
  const order = text("order");
  const id = orderIn(order);
  const cursor = text("cursor");
  const eventName = isEventName(text("name")) ? text("name") : "";
  return {
    filter: { name: eventName, order },
    query: { ...(eventName && { eventName }), ...(id && { orderId: id }), ...(cursor && { cursor }) },
    problem:
      order !== "" && id === null ? "Not an order ID. It is the number in the order’s address, not #1001." : null,
  };
}

const orderIn = (text: string): OrderId | null => orderId(/^https:\/\/.*\/orders\/(\d+)/.exec(text)?.[1] ?? text);
