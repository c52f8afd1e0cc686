import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";

const REDACTED: Reason = "customer-redacted";

export type Quoted = {
  readonly shop: ShopDomain;
  /** The customer's hashes and cookies. */
  readonly values: readonly string[];
};

/**
 * Removes the customer from Meta's words. A message may quote the data that it refuses, and it is the reason of what
 * came of it: of other people's events too, if they were in the same request. After the statements that end the
 * customer's events.
 */
export function erasuresOfReasons(prisma: PrismaClient, { shop, values }: Quoted) {
  const quotes = (column: string): Prisma.Sql => Prisma.sql`exists (
    select from unnest(${[...values]}::text[]) as entry(quoted) where position(quoted in ${Prisma.raw(column)}) > 0)`;
  return [
    prisma.$executeRaw`update attempt set message = null where shop = ${shop} and ${quotes("message")}`,
    prisma.$executeRaw`update event set reason = ${REDACTED} where shop = ${shop} and ${quotes("reason")}`,
    prisma.$executeRaw`update delivery set reason = ${REDACTED} where shop = ${shop} and ${quotes("reason")}`,
    prisma.$executeRaw`update storefront_event set reason = ${REDACTED} where shop = ${shop} and ${quotes("reason")}`,
    prisma.$executeRaw`
      update storefront_queue set reason = ${REDACTED}
      where pixel in (select id from destination where shop = ${shop}) and ${quotes("reason")}`,
    prisma.$executeRaw`
      update flow_message set facts = jsonb_set(facts, '{reason}', to_jsonb(${REDACTED}::text))
      where shop = ${shop} and ${quotes("facts->>'reason'")}`,
    // What is summed up already becomes a change again, because sums with the new reason may be there.
    prisma.$executeRaw`
      with summed as (
        delete from daily_figure where shop = ${shop} and ${quotes("reason")} returning *
      )
      insert into daily_figure_change (${FIGURE}) select ${FIGURE} from summed`,
    prisma.$executeRaw`update daily_figure_change set reason = ${REDACTED} where shop = ${shop} and ${quotes("reason")}`,
  ];
}

const FIGURE = Prisma.sql`shop, day, event_name, destination_id, outcome, reason, legs, currency, events, with_em, with_ph,
  with_fbp, with_fbc, with_external_id, with_ip, with_ua, value_thousandths, delays`;
