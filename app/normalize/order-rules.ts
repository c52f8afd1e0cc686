import type { Order } from "../intake/types.ts";
import type { OrderRule, OrderSettings } from "../settings/types.ts";
import { kindOf } from "./order-kinds.ts";

/** What holds where the merchant has chosen nothing. */
export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  subscribeEvent: true,
  refundEvent: false,
  upsellEvent: false,
  customerSegmentation: true,
  predictedOrders: null,
  netRevenueCoverage: null,
  rules: [],
};

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/**
 * The merchant's first rule that speaks of this order; null where none does, and the order is sent. A channel is named
 * by its source (`pos`, `web`, an app's number) or by the order's kind (`draft`, `renewal`, `b2b`).
 */
export function ruleFor(order: Order, rules: readonly OrderRule[]): OrderRule | null {
  const { kind } = kindOf(order);
  return (
    rules.find(({ match, value }) =>
      match === "tag"
        ? order.tags.some((tag) => same(tag, value))
        : same(value, kind) || same(value, order.source ?? ""),
    ) ?? null
  );
}
