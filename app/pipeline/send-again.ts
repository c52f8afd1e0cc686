import { storedSubject } from "../access/subjects.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventToSendAgain, QueuedAgain } from "../outbox/send-again.server.ts";
import type { PixelId } from "../settings/types.ts";
import type { NotAgain } from "./may-send-again.ts";
import { type DecidedNow, orderNow, type OrderNow, type OrderNowDeps } from "./order-now.ts";
import type { WakeUp } from "./wake-ups.ts";

export type SendAgainDeps = OrderNowDeps & {
  readonly sendAgain: (again: Omit<EventToSendAgain, "now" | "digestsOf">) => Promise<QueuedAgain>;
  readonly wake: (targets: readonly WakeUp[]) => void;
};

export type AgainWish = {
  readonly shop: ShopDomain;
  readonly orderId: OrderId;
  readonly eventName: string;
  readonly eventId: EventId;
  /** Who wished it: `shopify-user 42`. */
  readonly by: string;
};

/** `changed`: between the decision and the commit the event, its customer's data or its pixels changed. */
export type SentAgain =
  | { readonly kind: "queued" | "changed" }
  | { readonly kind: "not"; readonly because: NotAgain }
  | Exclude<OrderNow, { kind: "decided" }>;

/**
 * Queues an ended event once more, where that is safe, as the order makes it now. Repeating it changes nothing: what is
 * queued or delivered is not queued again.
 */
export async function sendAgain(wish: AgainWish, deps: SendAgainDeps): Promise<SentAgain> {
  const order = await orderNow(wish.shop, wish.orderId, deps);
  if (order.kind !== "decided") return order;
  const event = order.events.find(({ eventName, eventId }) => eventName === wish.eventName && eventId === wish.eventId);
  if (event === undefined) return { kind: "not", because: "not-recorded" };
  return event.again.kind === "not" ? event.again : queueAgain({ ...event, to: event.again.to }, wish, deps);
}

type Allowed = DecidedNow & { readonly to: readonly PixelId[] };

async function queueAgain(
  { event, decision, recorded, to }: Allowed,
  { shop, by }: AgainWish,
  deps: SendAgainDeps,
): Promise<SentAgain> {
  const settledAt = recorded?.settledAt ?? null;
  // Only an event that has ended, and would be sent, is allowed.
  if (decision.kind !== "send" || recorded === undefined || settledAt === null) return { kind: "changed" };
  const seen = { state: recorded.state, settledAt };
  const subject = storedSubject({ ...decision.key, kind: "event" });
  const queued = await deps.sendAgain({ event, decision: { ...decision, to }, seen, by, subject });
  deps.wake(queued.map((pixelId) => ({ shop, pixelId })));
  return { kind: queued.length > 0 ? "queued" : "changed" };
}
