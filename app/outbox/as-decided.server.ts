import { Prisma } from "@prisma/client";

// What a decision makes of an event, the same whether it is stored with the event or after it.

/** Why the delivery to the row `pixel` has to be held, or null. */
export const HELD_BECAUSE = Prisma.sql`case when pixel.state <> 'active' then coalesce(pixel.state_reason, pixel.state) end`;

export const stateOfDelivery = (because: "because"): Prisma.Sql =>
  Prisma.sql`case when ${Prisma.raw(because)} is null then 'queued' else 'held' end`;
