import { orderEventId } from "../event-contract/event-id.ts";
import { toNumber } from "../event-contract/money.ts";
import { contentId, contentsOf, type CustomData } from "../event-contract/purchase.ts";
import type { Order, OrderLine } from "../shopify/types.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { Settings } from "../settings/types.ts";

// Shopify shows offers between the payment and the thank-you page; what comes later is staff's work on the order.
const OFFERED_FOR_S = 60 * 60;

/** Whether what is added to the order now may still be an offer after the checkout that the buyer took. */
export const mayBeUpsold = ({ placedAt_s }: Pick<Order, "placedAt_s">, now: Date): boolean =>
  now.getTime() / 1000 - placedAt_s <= OFFERED_FOR_S;

/**
 * `UpsellPurchase`, a custom event for each line that the order has got since its Purchase was made: Shopify reports the
 * checkout before an offer is taken, so the Purchase on both legs is without it and stays so. `told` is what the
 * Purchase said. No browser leg: Shopify tells a web pixel nothing of it.
 */
export function upsellsFromOrder(
  order: Order,
  { purchase, sent, settings }: { purchase: NewEvent; sent: CustomData; settings: Settings },
  now: Date,
): readonly NewEvent[] {
  return addedLines(order.lines, sent, settings).map((line): NewEvent => {
    const { costBasis: _costs, ...common } = purchase;
    const { body } = common;
    return {
      ...common,
      body: {
        ...body,
        event_name: "UpsellPurchase",
        event_id: orderEventId("UpsellPurchase", purchase.shop, line.id ?? ""),
        event_time: Math.floor(now.getTime() / 1000),
        custom_data: {
          value: toNumber(line.total),
          currency: line.total.currency,
          ...contentsOf([line], settings),
          order_id: order.id,
        },
        original_event_data: {
          event_name: body.event_name,
          event_time: body.event_time,
          event_id: body.event_id,
          order_id: order.id,
        },
      },
    };
  });
}

/**
 * The lines, or the part of them, that the told contents do not cover; later lines of an order are the later ones. None
 * where the order no longer holds everything that was told: somebody changed it, or what the ids are made of.
 */
function addedLines(lines: readonly OrderLine[], sent: CustomData, settings: Settings): readonly OrderLine[] {
  const left = new Map<string, number>();
  for (const { id, quantity } of sent.contents ?? []) left.set(id, (left.get(id) ?? 0) + quantity);
  const isCounted = (line: OrderLine): boolean => settings.giftCards !== "leave-out" || !line.isGiftCard;
  const added = lines
    .filter(isCounted)
    .map((line) => withoutTold(line, left, settings))
    .filter((line) => line !== null);
  return [...left.values()].every((quantity) => quantity === 0) ? added : [];
}

/** What of the line was not told, taking what was out of `left`. */
function withoutTold(line: OrderLine, left: Map<string, number>, settings: Settings): OrderLine | null {
  const id = contentId(line, settings);
  // Without a catalog id nobody can say whether the Purchase held it.
  if (id === null || line.id === null) return null;
  const known = left.get(id) ?? 0;
  const covered = Math.min(known, line.quantity);
  if (known > 0) left.set(id, known - covered);
  const quantity = line.quantity - covered;
  const minor = Math.round((line.total.minor * quantity) / (line.quantity || 1));
  return minor > 0 ? { ...line, quantity, total: { ...line.total, minor } } : null;
}
