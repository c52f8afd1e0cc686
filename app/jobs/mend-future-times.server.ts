import { Prisma, type PrismaClient } from "@prisma/client";

/** The number of times that were too far ahead, by table and column; empty if none. */
export type FutureTimes = Readonly<Record<string, number>>;

type Rule = {
  readonly name: string;
  /** The statement; `now` is the current time, `until` the latest plausible one. */
  readonly mend: (now: Prisma.Sql, until: (horizon: string) => Prisma.Sql) => Prisma.Sql;
};

/**
 * Times that no code sets further ahead than the horizon. They come from a clock that was ahead and was then corrected:
 * work that waits for them would wait as long as the clock was ahead. Each is set so that its work happens now.
 * Horizons are generous, because an early run costs only one query or one request.
 */
const RULES: readonly Rule[] = [
  {
    // A shop's context wait is at most ten minutes.
    name: "event.decide_at",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update event set decide_at = ${now} where decide_at is not null and decide_at > ${until("1 hour")}`,
  },
  {
    // A new delivery is due at once; a retry within an hour, or at Meta's regain time, which Meta repeats if it is
    // later.
    name: "delivery.due_at",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update delivery set due_at = ${now} where state = 'queued' and due_at > case
        when attempts = 0 then ${until("1 hour")} else ${until("25 hours")} end`,
  },
  {
    name: "delivery.claimed_until",
    mend: (_now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update delivery set claimed_by = null, claimed_until = null
      where state = 'queued' and claimed_until > ${until("1 hour")}`,
  },
  {
    name: "pixel_lease.until",
    mend: (_now, until) => Prisma.sql`
      update pixel_lease set turn = turn + 1, holder = null, until = null where until > ${until("1 hour")}`,
  },
  {
    name: "destination.send_after",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update destination set send_after = ${now} where send_after > ${until("25 hours")}`,
  },
  {
    // Without a watermark the comparison starts as far back as possible.
    name: "reconciliation",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update reconciliation set due_at = least(due_at, ${now}),
        watermark = case when watermark <= ${until("10 minutes")} then watermark end
      where due_at > ${until("2 hours")} or watermark > ${until("10 minutes")}`,
  },
  {
    name: "unit_cost_reading.due_at",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update unit_cost_reading set due_at = ${now} where due_at > ${until("49 hours")}`,
  },
  {
    name: "consent_policy",
    mend: (now, until) => Prisma.sql`
      -- every shop: a clock that ran ahead did so for all of them
      update consent_policy set tried_at = least(tried_at, ${now}), read_at = least(read_at, ${now})
      where tried_at > ${until("10 minutes")} or read_at > ${until("10 minutes")}`,
  },
  {
    // With a grant in the future, every later webhook would seem to be about an earlier installation.
    name: "shop",
    mend: (now, until) => Prisma.sql`
      update shop set installed_at = least(installed_at, ${now}), token_granted_at = least(token_granted_at, ${now}),
        publish_tried_at = least(publish_tried_at, ${now}),
        installation_check_due_at = least(installation_check_due_at, ${until("2 hours")})
      where installed_at > ${until("10 minutes")} or token_granted_at > ${until("10 minutes")}
        or publish_tried_at > ${until("10 minutes")} or installation_check_due_at > ${until("2 hours")}`,
  },
  {
    // A waiting job blocks every other job with its key.
    name: "pgboss.job",
    mend: (now, until) => Prisma.sql`
      update pgboss.job set start_after = least(start_after, ${now}), heartbeat_on = least(heartbeat_on, ${now}),
        started_on = least(started_on, ${now})
      where state in ('created', 'retry', 'active') and (start_after > ${until("12 hours")}
        or (state = 'active' and (heartbeat_on > ${until("10 minutes")} or started_on > ${until("10 minutes")})))`,
  },
  {
    name: "pgboss.version",
    mend: (now, until) => Prisma.sql`
      update pgboss.version set cron_on = least(cron_on, ${now}), bam_on = least(bam_on, ${now}),
        flow_on = least(flow_on, ${now})
      where greatest(cron_on, bam_on, flow_on) > ${until("10 minutes")}`,
  },
  {
    name: "pgboss.queue",
    mend: (now, until) => Prisma.sql`
      update pgboss.queue set monitor_claim_on = least(monitor_claim_on, ${now}),
        monitor_on = least(monitor_on, ${now}), maintain_on = least(maintain_on, ${now})
      where greatest(monitor_claim_on, monitor_on, maintain_on) > ${until("10 minutes")}`,
  },
];

/**
 * Corrects times set by a clock that was ahead. "Now" is the later of this process's and the database's clocks, so that
 * a process whose own clock is behind does not treat every deadline as too far ahead.
 */
export async function mendFutureTimes(prisma: PrismaClient, now: Date): Promise<FutureTimes> {
  const present = Prisma.sql`greatest(${now}::timestamptz, now())`;
  const until = (horizon: string): Prisma.Sql => Prisma.sql`(${present} + ${horizon}::text::interval)`;
  const mended: Record<string, number> = {};
  for (const { name, mend } of RULES) {
    const count = await prisma.$executeRaw(mend(present, until));
    if (count > 0) mended[name] = count;
  }
  return mended;
}
