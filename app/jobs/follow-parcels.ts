import type { Log } from "../logging/logger.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { OrderToLookAt } from "../outbox/look-again.server.ts";
import { LOOK_AGAIN_MS } from "../pipeline/accept-parcel.ts";
import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import { readWholeOrder } from "../shopify/admin/read-whole-order.ts";
import { throttledAdmin } from "../shopify/admin/throttled-admin.ts";
import { type BringInDeps, broughtIn } from "./reconcile-orders.ts";

export type FollowParcelsDeps = BringInDeps & {
  readonly takeLooks: (due: {
    readonly now: Date;
    readonly next: Date;
    readonly limit: number;
  }) => Promise<readonly OrderToLookAt[]>;
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
};

const ORDERS_AT_ONCE = 200;

/** Reads due orders in transit from Shopify, so that a delivered one counts. */
export async function followParcels(deps: FollowParcelsDeps): Promise<void> {
  const now = deps.now();
  const next = new Date(now.getTime() + LOOK_AGAIN_MS);
  const orders = await deps.takeLooks({ now, next, limit: ORDERS_AT_ONCE });
  for (const shop of new Set(orders.map((order) => order.shop))) {
    await readOrders(
      shop,
      orders.filter((order) => order.shop === shop),
      deps,
    );
  }
}

/** Orders that Shopify does not return now are read again at the next due time. */
async function readOrders(shop: ShopDomain, orders: readonly OrderToLookAt[], deps: FollowParcelsDeps): Promise<void> {
  const admin = await deps.admin(shop);
  if (admin === null) return;
  const ask = throttledAdmin(admin, deps.pause);
  for (const { orderId } of orders) {
    const read = await readWholeOrder(`gid://shopify/Order/${orderId}`, ask);
    if (read.kind === "stopped") return deps.log.warn("parcels.not-read", { shop, problem: read.answer.message });
    if (read.kind === "read") await broughtIn(read.body, shop, deps);
  }
}
