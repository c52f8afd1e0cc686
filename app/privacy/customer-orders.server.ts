import type { PrismaClient } from "@prisma/client";

import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";

export type CustomerOrders = {
  readonly forgetOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
  readonly countOrders: (shop: ShopDomain, orderIds: readonly OrderId[]) => Promise<number>;
};

/** The reason that the Events page shows for events that were ended by a redaction. */
const REDACTED: Reason = "customer-redacted";

/** The ledger's rows of one customer's orders, by the order IDs that Shopify names. */
export function createCustomerOrders(prisma: PrismaClient, now: () => Date): CustomerOrders {
  return {
    countOrders: (shop, orderIds) => prisma.event.count({ where: { shop, orderId: { in: [...orderIds] } } }),

    /**
     * Removes the identity from the orders' events, deletes the receipts of their checkouts, and ends what was still to
     * be sent, because Meta would refuse an event without a person. One transaction.
     */
    forgetOrders: async (shop, orderIds) => {
      const ids = [...orderIds];
      const at = now();
      const [, , , , events] = await prisma.$transaction([
        // Events before deliveries, in key order: every statement that ends events locks in this order.
        prisma.$executeRaw`
          select from event where shop = ${shop} and order_id = any(${ids}::text[])
          order by shop, event_name, event_id for no key update`,
        prisma.$executeRaw`
          delete from browser_context b where b.shop = ${shop} and (
            b.order_id = any(${ids}::text[])
            or b.checkout_token in (select checkout_token from event where shop = ${shop} and order_id = any(${ids}::text[])))`,
        prisma.$executeRaw`
          update delivery d set state = 'refused', reason = ${REDACTED}, settled_at = ${at}::timestamptz,
            claimed_by = null, claimed_until = null
          from event e
          where e.shop = ${shop} and e.order_id = any(${ids}::text[]) and d.state in ('queued', 'held')
            and d.shop = e.shop and d.event_name = e.event_name and d.event_id = e.event_id`,
        prisma.$executeRaw`
          update event e set
            state = case when exists (select from delivery d where d.shop = e.shop and d.event_name = e.event_name
              and d.event_id = e.event_id and d.state = 'delivered') then 'delivered' else 'withheld' end,
            reason = ${REDACTED}, decide_at = null, settled_at = ${at}::timestamptz
          where e.shop = ${shop} and e.order_id = any(${ids}::text[])
            and e.state in ('waiting-for-payment', 'joining', 'queued')`,
        prisma.$executeRaw`
          update event set body = (body - 'event_source_url' - 'referrer_url') || '{"user_data": {}}'::jsonb
          where shop = ${shop} and order_id = any(${ids}::text[])`,
      ]);
      return events;
    },
  };
}
