import { Prisma } from "@prisma/client";

/**
 * `heldBy` of the row `event`: the state of a pixel that holds the event back. Looked up for the few events that are on
 * their way, by their key.
 */
export const HELD_BY = Prisma.sql`case when event.state = 'queued' then (
  select pixel.state from recorded_delivery held join destination pixel on pixel.id = held.destination_id
  where held.shop = event.shop and held.event_name = event.event_name and held.event_id = event.event_id
    and held.key = storefront_key(event.shop, event.event_name, event.event_id)
    and held.state = 'held' and pixel.shop = event.shop and pixel.state in ('blocked', 'paused')
  order by pixel.state limit 1
) end as "heldBy"`;
