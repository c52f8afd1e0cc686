import type { ReceivedEvent } from "../../simulators/meta/event-ledger.ts";
import type { Counted } from "./compare.ts";
import type { CountedEvent } from "./compare-storefront.ts";

type Received = readonly ReceivedEvent[];

/** The orders' purchases as Meta counts them. */
export const countedOrders = (received: Received): readonly Counted[] =>
  received
    .filter(({ eventName }) => eventName === "Purchase")
    .map(({ eventId, server, serverCopies, serverEventTimes, firstReceivedAt }) => ({
      eventId,
      orderId: orderOf(eventId, server?.event["custom_data"]),
      copies: serverCopies,
      eventTimes: serverEventTimes,
      firstReceivedAt: new Date(firstReceivedAt),
    }));

/** Everything else that Meta counts. */
export const countedEvents = (received: Received): readonly CountedEvent[] =>
  received
    .filter(({ eventName }) => eventName !== "Purchase")
    .map(({ eventId, eventName, server, serverCopies, serverEventTimes, differences }) => ({
      eventId,
      eventName,
      copies: serverCopies,
      eventTimes: serverEventTimes,
      isLimited: isLimited(server?.event["data_processing_options"]),
      differences,
    }));

const isLimited = (options: unknown): boolean => Array.isArray(options) && options.includes("LDU");

/** By the order that the event itself names, so that one order under two ids shows. */
function orderOf(eventId: string | null, customData: unknown): string | null {
  const named =
    typeof customData === "object" && customData !== null && "order_id" in customData && customData.order_id;
  return typeof named === "string" ? named : eventId;
}
