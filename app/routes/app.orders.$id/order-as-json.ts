import type { EventForReading } from "../app.events.$name.$id/event-for-reading.ts";
import type { OrderForReading } from "./order-for-reading.ts";

/** What may say who the customer is, or what they looked for. */
const PERSONAL: ReadonlySet<string> = new Set(["event_source_url", "referrer_url", "fbp", "fbc", "search_string"]);

/** The order as text for a support request: what was decided and answered, and nothing of the customer's. */
export const orderAsJson = ({ orderId, orderName, events }: OrderForReading): string =>
  JSON.stringify({ orderId, orderName, events: events.map(withoutPerson) }, null, 2);

function withoutPerson(event: EventForReading): object {
  const { shop: _shop, parameters, userData, deliveries, ...rest } = event;
  return {
    ...rest,
    parameters: parameters.filter(({ name }) => !PERSONAL.has(name)),
    matchKeys: userData.map(({ key }) => key),
    deliveries: deliveries.map(({ attempts, ...delivery }) => ({
      ...delivery,
      attempts: attempts.map(({ shop: _of, pixelId: _to, ...attempt }) => attempt),
    })),
  };
}
