import type { EventId } from "./event-id.ts";
import type { SentName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

export type ActionSource = "website" | "physical_store" | "phone_call" | "system_generated" | "other";

/** Meta's `user_data`: lower-case hex SHA-256 lists, and the few keys that Meta wants in clear. */
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
  /** In clear: the subscription's own id. */
  readonly subscription_id?: string;
};

export type OriginalEvent = {
  readonly event_name: SentName;
  /** Unix seconds. */
  readonly event_time: number;
  readonly event_id: EventId;
  readonly order_id?: string;
};

/** One element of Graph's `data[]`, exactly as it is sent: developers.facebook.com, Conversions API, server event. */
export type MetaEvent = {
  /** The action until it is decided what to send, then the name it is sent under. */
  readonly event_name: SentName;
  readonly event_id: EventId;
  /** Unix seconds. */
  readonly event_time: number;
  readonly action_source: ActionSource;
  readonly event_source_url?: string;
  readonly referrer_url?: string;
  readonly user_data: UserData;
  readonly custom_data: CustomData;
  /** Ties a later event to the one that it belongs to: a refund to its Purchase. */
  readonly original_event_data?: OriginalEvent;
  readonly data_processing_options?: readonly "LDU"[];
  readonly data_processing_options_country?: number;
  readonly data_processing_options_state?: number;
};

/** What may stay of an event that is not sent: no identity, and no address, for a click's id stands in it. */
export function withoutPerson({ event_source_url: _page, referrer_url: _referrer, ...body }: MetaEvent): MetaEvent {
  return { ...body, user_data: {} };
}
