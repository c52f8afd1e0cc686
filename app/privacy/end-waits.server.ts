import type { PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import { DEFAULT_ORDER_SETTINGS } from "../event-contract/order-settings.ts";

/**
 * Withholds at most `limit` events whose order has reached its shop's deadline for payment, delivery or tag, and
 * deletes their personal data. Returns their number. Receipts are deleted by retention.
 */
export const endWaits = (
  prisma: PrismaClient,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<number> => prisma.$executeRaw`
  -- every shop: what waited too long ends everywhere alike
  with late as materialized (
    select event.shop, event_name, event_id
    from event left join lateral (
      select (orders->>'waitForPaymentDays')::int as days from settings
      where settings.shop = event.shop order by version desc limit 1
    ) chosen on true
    where state = 'waiting-for-payment' and waits_since
      < ${now}::timestamptz - make_interval(days => coalesce(days, ${DEFAULT_ORDER_SETTINGS.waitForPaymentDays}::int))
    order by event.shop, event_name, event_id limit ${limit}
    for no key update of event
  )
  update event set state = 'withheld', reason = case event.reason
      when 'waiting-for-fulfillment' then 'not-fulfilled-in-time'
      when 'waiting-for-tag' then 'not-tagged-in-time' else 'not-paid-in-time' end, settled_at = ${now}::timestamptz, decide_at = null,
    body = ${withoutPersonIn("body")}
  from late
  where (event.shop, event.event_name, event.event_id) = (late.shop, late.event_name, late.event_id)`;
