import type { EventId } from "./event-id.ts";
import type { EventName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

export type ActionSource = "website" | "physical_store" | "phone_call" | "system_generated" | "other";

/** Meta's `user_data`: lower-case hex SHA-256 lists, and the few keys that Meta wants in clear. */
export type UserData = {
  readonly em?: readonly string[];
  readonly ph?: readonly string[];
  readonly fn?: readonly string[];
  readonly ln?: readonly string[];
  readonly ct?: readonly string[];
  readonly st?: readonly string[];
  readonly zp?: readonly string[];
  readonly country?: readonly string[];
  readonly external_id?: readonly string[];
  readonly client_ip_address?: string;
  readonly client_user_agent?: string;
  readonly fbc?: string;
  readonly fbp?: string;
};

/** One element of Graph's `data[]`, exactly as it is sent: developers.facebook.com, Conversions API, server event. */
export type MetaEvent = {
  readonly event_name: EventName;
  readonly event_id: EventId;
  /** Unix seconds. */
  readonly event_time: number;
  readonly action_source: ActionSource;
  readonly event_source_url?: string;
  readonly referrer_url?: string;
  readonly user_data: UserData;
  readonly custom_data: CustomData;
  readonly data_processing_options?: readonly "LDU"[];
  readonly data_processing_options_country?: number;
  readonly data_processing_options_state?: number;
};
