import { Prisma } from "@prisma/client";

/**
 * The statement that ends those of the named events whose deliveries have all ended: delivered if one was, else refused
 * if one was, else expired, with the reason of one such delivery. It must follow the deliveries' own statement in one
 * transaction, with the events locked: two pixels that end at the same moment would otherwise each see the other open.
 * `keys` is a JSON array of {shop, event_name, event_id}.
 */
export const finishEvents = (keys: string, now: Date): Prisma.Sql => Prisma.sql`
  update event set state = finished.state, reason = finished.reason, settled_at = ${now}::timestamptz
  from (
    select shop, event_name, event_id,
      case when bool_or(state = 'delivered') then 'delivered' when bool_or(state = 'refused') then 'refused'
        else 'expired' end as state,
      case when bool_or(state = 'delivered') then null when bool_or(state = 'refused')
        then min(reason) filter (where state = 'refused') else min(reason) end as reason
    from delivery
    where (shop, event_name, event_id) in (
      select shop, event_name, event_id from json_to_recordset(${keys}::json) as key(shop text, event_name text, event_id text)
    )
    group by shop, event_name, event_id
    having bool_and(state in ('delivered', 'refused', 'expired'))
  ) finished
  where (event.shop, event.event_name, event.event_id) = (finished.shop, finished.event_name, finished.event_id)
    and event.state = 'queued'`;
