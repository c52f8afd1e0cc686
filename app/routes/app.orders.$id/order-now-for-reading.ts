import type { EventNow, OrderNow } from "../../pipeline/order-now.ts";
import { serverLegAsText } from "../app.dry-run/dry-run-for-reading.ts";

/** An event as it would be decided now, with the server's leg as text. */
export type EventNowForReading = Omit<EventNow, "server"> & { readonly server: string | null };

export type OrderNowForReading = OrderNow<EventNowForReading>;

/** Runs on the server, before the answer is sent to the page. */
export const orderNowForReading = (answer: OrderNow): OrderNowForReading =>
  answer.kind === "decided"
    ? {
        kind: "decided",
        events: answer.events.map(({ server, ...event }) => ({ ...event, server: server && serverLegAsText(server) })),
      }
    : answer;
