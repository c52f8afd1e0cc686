import { createHash } from "node:crypto";
import { type EventId, eventId } from "../../app/event-contract/event-id.ts";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";

export const PIXEL = "1234567890123456";
export const TOKEN = "EAAtest0token";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export function anEventId(text: string): EventId {
  const id = eventId(text);
  if (id === null) throw new Error(`${text} is no event id`);
  return id;
}

/** A Purchase that Meta takes, of a moment ago. */
export function aPurchase(changes: Partial<MetaEvent> = {}): MetaEvent {
  return {
    event_name: "Purchase",
    event_id: anEventId("purchase.example.1001"),
    event_time: Math.floor(Date.now() / 1_000) - 60,
    action_source: "website",
    event_source_url: "https://example.myshopify.com/",
    user_data: { em: [sha256("jane@example.com")], client_ip_address: "203.0.113.7", client_user_agent: "Mozilla/5.0" },
    custom_data: {
      value: 24.6,
      currency: "EUR",
      content_ids: ["41"],
      content_type: "product",
      contents: [{ id: "41", quantity: 2, item_price: 12.3 }],
      num_items: 2,
      order_id: "1001",
    },
    ...changes,
  };
}
