import type { PrismaClient } from "@prisma/client";
import { everyShop } from "../database/tenancy.server.ts";

/** `from` is included, `until` is not. */
export type Slice = { readonly from: Date; readonly until: Date };

export type Walk = {
  /** The name under which progress is stored. */
  readonly task: string;
  readonly until: Date;
  readonly batch: number;
  /** One statement on at most `batch` of the slice's events. Returns how many are done. */
  readonly step: (slice: Slice) => Promise<number>;
  /** Where the first run starts, for rows other than events; null: there are none. */
  readonly oldest?: () => Promise<Date | null>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Goes through the events by age, each once: earlier slices are not read again, so the thousandth batch costs what the
 * first did. A slice is a minute in a busy period and up to a day in a quiet one. Returns the sum of the steps.
 */
export async function throughAges(prisma: PrismaClient, { task, until, batch, step, oldest }: Walk): Promise<number> {
  let all = 0;
  let width = MINUTE_MS;
  let from = await reached(prisma, task, oldest);
  while (from !== null && from < until) {
    const slice = { from, until: new Date(Math.min(from.getTime() + width, until.getTime())) };
    const count = await inBatches(batch, () => step(slice));
    await remember(prisma, task, slice.until);
    all += count;
    width = count < batch ? Math.min(width * 2, DAY_MS) : MINUTE_MS;
    from = slice.until;
  }
  return all;
}

/** Repeats the work until it changes less than a whole batch. */
export async function inBatches(batch: number, work: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const count = await work();
    all += count;
    if (count < batch) return all;
  }
}

/** How far earlier runs have come; before the first run, the oldest row. Null: there is none. */
async function reached(prisma: PrismaClient, task: string, oldestOf: Walk["oldest"]): Promise<Date | null> {
  const done = await prisma.housekeeping.findUnique({ where: { task } });
  if (done && done.doneUntil > new Date(0)) return done.doneUntil;
  if (oldestOf) return oldestOf();
  const { _min: oldest } = await everyShop(prisma).event.aggregate({ _min: { createdAt: true } });
  return oldest.createdAt;
}

const remember = (prisma: PrismaClient, task: string, until: Date): Promise<number> =>
  prisma.$executeRaw`
    insert into housekeeping (task, done_until) values (${task}, ${until}::timestamptz)
    on conflict (task) do update set done_until = greatest(housekeeping.done_until, excluded.done_until)`;
