import type { EventId } from "./event-id.ts";
import type { SentName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

export type ActionSource = "website" | "physical_store" | "phone_call" | "system_generated" | "other";

/** Meta's `user_data`: lists of lower-case hex SHA-256 hashes, and the few keys that Meta requires unhashed. */
export type UserData = {
  readonly em?: readonly string[];
  readonly ph?: readonly string[];
  readonly fn?: readonly string[];
  readonly ln?: readonly string[];
  readonly ge?: readonly string[];
  readonly db?: readonly string[];
  readonly ct?: readonly string[];
  readonly st?: readonly string[];
  readonly zp?: readonly string[];
  readonly country?: readonly string[];
  readonly external_id?: readonly string[];
  readonly client_ip_address?: string;
  readonly client_user_agent?: string;
  readonly fbc?: string;
  readonly fbp?: string;
  /** Unhashed: the subscription's own ID. */
  readonly subscription_id?: string;
  /** Unhashed: Meta's ID of a lead from an Instant Form, 15 to 17 digits. */
  readonly lead_id?: string;
};

export type OriginalEvent = {
  readonly event_name: SentName;
  /** Unix seconds. */
  readonly event_time: number;
  readonly event_id: EventId;
  readonly order_id?: string;
};

/** One element of Graph's `data[]`, exactly as sent (developers.facebook.com, Conversions API, server event). */
export type MetaEvent = {
  /** The action until the event is decided, then the name it is sent under. */
  readonly event_name: SentName;
  readonly event_id: EventId;
  /** Unix seconds. */
  readonly event_time: number;
  readonly action_source: ActionSource;
  readonly event_source_url?: string;
  readonly referrer_url?: string;
  readonly user_data: UserData;
  readonly custom_data: CustomData;
  /** Refers to an earlier event: a refund refers to its Purchase. */
  readonly original_event_data?: OriginalEvent;
  readonly data_processing_options?: readonly "LDU"[];
  readonly data_processing_options_country?: number;
  readonly data_processing_options_state?: number;
};

/** The event without personal data, for events that are not sent. URLs go too, because they may contain a click ID. */
export function withoutPerson({ event_source_url: _page, referrer_url: _referrer, ...body }: MetaEvent): MetaEvent {
  return { ...body, user_data: {} };
}
