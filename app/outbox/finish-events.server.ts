import { Prisma } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
type FinishedKey = { readonly shop: string; readonly event_name: string; readonly event_id: string };

/**
 * Ends those of the given events whose deliveries have all ended: delivered if any delivery was, else refused, else
 * expired, else withheld, with the reason of one such delivery. Must follow the deliveries' own statement in one
 * transaction, with the events locked: otherwise two pixels that end at the same moment would each see the other open.
 */
export const finishEvents = (keys: readonly FinishedKey[], now: Date): Prisma.Sql => Prisma.sql`
  update event set state = finished.state, reason = finished.reason, settled_at = ${now}::timestamptz,
    body = ${bodyAfter(Prisma.sql`finished.state`)}
  from (
    select shop, event_name, event_id,
      case when bool_or(state = 'delivered') then 'delivered' when bool_or(state = 'refused') then 'refused'
        when bool_or(state = 'expired') then 'expired' else 'withheld' end as state,
      case when bool_or(state = 'delivered') then null
        else coalesce(min(reason) filter (where state = 'refused'), min(reason) filter (where state = 'expired'),
          min(reason)) end as reason
    from delivery
    where (shop, event_name, event_id) in (
      select shop, event_name, event_id from json_to_recordset(${JSON.stringify(keys)}::json) as key(shop text, event_name text, event_id text)
      limit ${keys.length}
    ) and storefront_position is null
    group by shop, event_name, event_id
    having bool_and(state in ('delivered', 'withheld', 'refused', 'expired'))
  ) finished
  where (event.shop, event.event_name, event.event_id) = (finished.shop, finished.event_name, finished.event_id)
    and event.state = 'queued'`;

/** The event's body after it ends in this state: a withheld event loses its personal data. */
export const bodyAfter = (state: Prisma.Sql): Prisma.Sql => Prisma.sql`case when ${state} = 'withheld'
  then ${withoutPersonIn("event.body")} else event.body end`;
