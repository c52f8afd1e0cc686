import type { PrismaClient } from "@prisma/client";

/**
 * Deletes the jobs with this value in their data or as their key, whether waiting, running or done, and removes it from
 * the output of failed jobs. A running job continues; pg-boss ignores the result of a deleted job.
 */
export async function forgetJobs(prisma: PrismaClient, value: string): Promise<number> {
  const quoted = JSON.stringify(value);
  const [deleted] = await prisma.$transaction([
    prisma.$executeRaw`delete from pgboss.job where singleton_key = ${value} or position(${quoted} in data::text) > 0`,
    prisma.$executeRaw`update pgboss.job set output = null where position(${value} in output::text) > 0`,
  ]);
  return deleted;
}
