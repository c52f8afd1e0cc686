import type { EventState } from "../outbox/types.ts";
import { EVENT_STATES, WAITING_FOR, type Wording } from "./wording.ts";

/** An event's state as its reason words it. */
export const eventState = ({
  state,
  reason,
}: {
  readonly state: EventState;
  readonly reason: string | null;
}): Wording =>
  state === "waiting-for-payment" && (reason === "waiting-for-fulfillment" || reason === "waiting-for-tag")
    ? WAITING_FOR[reason]
    : EVENT_STATES[state];
