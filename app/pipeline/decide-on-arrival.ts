import { isBrowserEventName } from "../event-contract/event-name.ts";
import type { Decision, NewEvent } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { decisionFor } from "./decide-events.ts";

/**
 * The decision about an event that needs nothing but the shop's profile: its consent came with it, no receipt can add
 * to it, and nothing has to be asked of Shopify. Null for any other event; decideEvents decides that one later.
 */
export function decideOnArrival(event: NewEvent, profile: ShopProfile, now: Date): Decision | null {
  const { event_name: eventName, event_id: eventId } = event.body;
  if (!isComplete(event) || !isBrowserEventName(eventName) || eventName === "Purchase") return null;
  const undecided = { ...event, eventName, eventId, receipt: null, createdAt: now };
  // The visitor's own answer leaves no question to the shop's policy, and a customer's opt-out is asked about by the
  // region of an order.
  return decisionFor(undecided, profile, { now, policy: null, optedOut: false });
}

const isComplete = ({ origin, state, signal, region, costBasis }: NewEvent): boolean =>
  origin === "collector" && state === "joining" && signal !== null && region === null && costBasis === undefined;
