import { orderEventId } from "../event-contract/event-id.ts";
import { toNumber } from "../event-contract/money.ts";
import { contentId, contentsOf, type CustomData } from "../event-contract/purchase.ts";
import type { Order, OrderLine } from "../shopify/types.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { Settings } from "../settings/types.ts";

// Shopify shows offers between the payment and the thank-you page; later changes are staff's edits.
const OFFERED_FOR_S = 60 * 60;

/** Whether a line added now may still come from a post-purchase offer. */
export const mayBeUpsold = ({ placedAt_s }: Pick<Order, "placedAt_s">, now: Date): boolean =>
  now.getTime() / 1000 - placedAt_s <= OFFERED_FOR_S;

/**
 * `UpsellPurchase`: a custom event for each line added to the order since its Purchase was created. Shopify reports the
 * checkout before an offer is accepted, so both legs of the Purchase exclude these lines. `sent` is the Purchase's
 * data. No browser leg: Shopify does not report accepted offers to web pixels.
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
 * The lines, or parts of lines, that the sent contents do not cover; new lines come last in an order. Empty if the
 * order no longer contains everything that was sent: then someone changed the order, or the merchant changed the
 * content IDs.
 */
function addedLines(lines: readonly OrderLine[], sent: CustomData, settings: Settings): readonly OrderLine[] {
  const left = new Map<string, number>();
  for (const { id, quantity } of sent.contents ?? []) left.set(id, (left.get(id) ?? 0) + quantity);
  const isCounted = (line: OrderLine): boolean => settings.giftCards !== "leave-out" || !line.isGiftCard;
  const added = lines
    .filter(isCounted)
    .map((line) => withoutSent(line, left, settings))
    .filter((line) => line !== null);
  return [...left.values()].every((quantity) => quantity === 0) ? added : [];
}

/** The part of the line that was not sent; subtracts the covered quantity from `left`. */
function withoutSent(line: OrderLine, left: Map<string, number>, settings: Settings): OrderLine | null {
  const id = contentId(line, settings);
  // Without a catalog ID it is unknown whether the Purchase included the line.
  if (id === null || line.id === null) return null;
  const known = left.get(id) ?? 0;
  const covered = Math.min(known, line.quantity);
  if (known > 0) left.set(id, known - covered);
  const quantity = line.quantity - covered;
  const minor = Math.round((line.total.minor * quantity) / (line.quantity || 1));
  return minor > 0 ? { ...line, quantity, total: { ...line.total, minor } } : null;
}
