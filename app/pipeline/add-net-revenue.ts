import type { ShopDomain } from "../event-contract/event-id.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { Money } from "../event-contract/money.ts";
import { DEFAULT_ORDER_SETTINGS } from "../event-contract/order-settings.ts";
import { netRevenueOf, variantsIn } from "../normalize/net-revenue.ts";
import type { NetRevenueNote, Undecided } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";

/** The variants' known costs, and those that Shopify returns within `withinMs`; 0 makes no request. */
export type AskUnitCosts = (
  shop: ShopDomain,
  variantIds: readonly string[],
  withinMs: number,
) => Promise<ReadonlyMap<string, Money>>;

// Longer than Shopify usually takes to answer, and short enough not to matter for a sale's delivery.
const LONGEST_ASKING_MS = 3_000;

/**
 * The costs of the sold variants; empty if net revenue is off. Requests a new variant's cost from Shopify only while
 * every event is within its wait for the browser: no event waits for its cost.
 */
export async function costsOfSold(
  events: readonly Undecided[],
  { shop, settings }: ShopProfile,
  { now, ask }: { readonly now: Date; readonly ask: AskUnitCosts },
): Promise<ReadonlyMap<string, Money>> {
  const variants = new Set(events.flatMap(({ costBasis }) => (costBasis ? variantsIn(costBasis) : [])));
  if (variants.size === 0 || settings.orders?.netRevenue !== true) return new Map();
  const first = Math.min(...events.map(({ createdAt }) => createdAt.getTime()));
  const left = first + settings.contextWaitSeconds * 1000 - now.getTime();
  return ask(shop, [...variants], Math.max(0, Math.min(left, LONGEST_ASKING_MS)));
}

/** The event's body with `net_revenue`, and a note about it; only the body when net revenue is off. */
export function withNetRevenue(
  body: MetaEvent,
  { eventName, costBasis }: Undecided,
  { orders = DEFAULT_ORDER_SETTINGS, costs }: Pick<ShopProfile["settings"], "orders"> & Costs,
): { readonly body: MetaEvent; readonly netRevenue?: NetRevenueNote } {
  if (!costBasis || eventName !== "Purchase" || !orders.netRevenue) return { body };
  const known = { costs: costs ?? new Map<string, Money>(), leastCoverage: orders.netRevenueCoverage };
  const note = netRevenueOf(body.custom_data, costBasis, known);
  const reported = note.reported === null ? {} : { net_revenue: note.reported };
  return { body: { ...body, custom_data: { ...body.custom_data, ...reported } }, netRevenue: note };
}

type Costs = { readonly costs?: ReadonlyMap<string, Money> | undefined };
