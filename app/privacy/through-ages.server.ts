import type { PrismaClient } from "@prisma/client";

/** From the one moment on, up to and without the other. */
export type Slice = { readonly from: Date; readonly until: Date };

export type Walk = {
  /** Under this name it is kept how far the walk has come. */
  readonly task: string;
  readonly until: Date;
  readonly batch: number;
  /** One statement on at most `batch` of the slice's events; gives how many it changed, or will not see again. */
  readonly step: (slice: Slice) => Promise<number>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Goes through the events by their age, each once: what lies behind is not looked at again, so that the thousandth batch
 * costs what the first did. Slices are a minute of a busy time and up to a day of a quiet one. Gives the sum of the steps.
 */
export async function throughAges(prisma: PrismaClient, { task, until, batch, step }: Walk): Promise<number> {
  let all = 0;
  let width = MINUTE_MS;
  let from = await reached(prisma, task);
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

/** The same work until it finds less than a whole batch. */
export async function inBatches(batch: number, work: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const count = await work();
    all += count;
    if (count < batch) return all;
  }
}

/** How far earlier runs have come; before the first one, the oldest event. Null: there is none. */
async function reached(prisma: PrismaClient, task: string): Promise<Date | null> {
  const done = await prisma.housekeeping.findUnique({ where: { task } });
  if (done && done.doneUntil > new Date(0)) return done.doneUntil;
  const { _min: oldest } = await prisma.event.aggregate({ _min: { createdAt: true } });
  return oldest.createdAt;
}

const remember = (prisma: PrismaClient, task: string, until: Date): Promise<number> =>
  prisma.$executeRaw`
    insert into housekeeping (task, done_until) values (${task}, ${until}::timestamptz)
    on conflict (task) do update set done_until = greatest(housekeeping.done_until, excluded.done_until)`;
