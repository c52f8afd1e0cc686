import { may } from "../access/roles.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { withoutCustomer } from "./without-customer.ts";

/** An event or an order, with a record of who saw them. */
export const eventPorts = (
  { eventLog, access }: Pick<OpenApp, "eventLog" | "access">,
  { by, role }: PortsUser,
): Pick<AdminPorts, "event" | "order" | "findOrders" | "orderEvents"> => ({
  event: async (shop, key) => {
    const event = await eventLog.detailAt(shop, key);
    if (event === null) return null;
    access.seen.note(shop, by, { kind: "event", subject: { ...key, kind: "event" } });
    return may(role, "see-customers") ? event : withoutCustomer(event);
  },

  order: async (shop, orderId) => {
    const order = await eventLog.order(shop, orderId);
    if (order === null) return null;
    access.seen.note(shop, by, { kind: "events", subject: { kind: "order", name: orderId } });
    return may(role, "see-customers") ? order : { ...order, events: order.events.map(withoutCustomer) };
  },

  findOrders: eventLog.findOrders,

  orderEvents: async (shop, orderId) => {
    const events = await eventLog.ofOrder(shop, orderId);
    if (events.length > 0) access.seen.note(shop, by, { kind: "events", subject: { kind: "order", name: orderId } });
    return events;
  },
});
