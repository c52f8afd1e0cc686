import type { OrderRule } from "../event-contract/order-settings.ts";
import type { Order } from "../shopify/types.ts";
import { kindOf } from "./order-kinds.ts";

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/**
 * The merchant's first rule that matches the order; null if none does, and the order is sent. A channel rule names a
 * source (`pos`, `web`, an app's ID) or an order kind (`draft`, `renewal`, `b2b`).
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
