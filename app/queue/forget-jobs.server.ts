import type { PrismaClient } from "@prisma/client";

/**
 * Deletes the jobs that carry this value or have it as their key, waiting, running or done, and takes it out of what a
 * failed job left behind. A run that is under way goes on; what it reports of a job that is gone is dropped by pg-boss.
 */
export async function forgetJobs(prisma: PrismaClient, value: string): Promise<number> {
  const quoted = JSON.stringify(value);
  const [deleted] = await prisma.$transaction([
    prisma.$executeRaw`delete from pgboss.job where singleton_key = ${value} or position(${quoted} in data::text) > 0`,
    prisma.$executeRaw`update pgboss.job set output = null where position(${value} in output::text) > 0`,
  ]);
  return deleted;
}
