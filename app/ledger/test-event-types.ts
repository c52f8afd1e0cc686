import type { EventId, OrderId } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { EventState } from "../outbox/types.ts";
import type { OrderDelivery } from "./types.ts";

/** An event as the Test page shows it. It has the names of the customer data and none of their values. */
export type TestEvent = {
  readonly eventName: EventName;
  readonly eventId: EventId;
  /** What Meta is sent it as. */
  readonly sentAs: string;
  /** ISO 8601. */
  readonly eventTime: string;
  readonly createdAt: string;
  readonly orderId: OrderId | null;
  readonly orderName: string | null;
  /** False for a real event that went under a code with the pixel's other events. */
  readonly isTest: boolean;
  readonly state: EventState;
  readonly reason: string | null;
  readonly actionSource: ActionSource | null;
  readonly hasPage: boolean;
  /** Keys of user_data; empty for an event that is not sent, which is stored without. */
  readonly userDataKeys: readonly string[];
  readonly data: Pick<CustomData, "value" | "currency" | "content_ids">;
  /** Whether the browser sent its leg; null: none has reported. */
  readonly browserSent: boolean | null;
  readonly deliveries: readonly TestDelivery[];
};

export type TestDelivery = OrderDelivery & {
  /** What the last request was sent under; null: no request, or without a code. */
  readonly testEventCode: string | null;
};
