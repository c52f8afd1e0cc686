import { setTimeout as pause } from "node:timers/promises";

import type { PrismaPg } from "@prisma/adapter-pg";
import type { PrismaClient } from "@prisma/client";

// PostgreSQL undoes the whole statement or transaction that it ends with one of these: a serialization failure, a deadlock.
const CONFLICTS: readonly unknown[] = ["40001", "40P01"];
// How Prisma names both where it knows the operation (7.10).
const PRISMA_CONFLICT = "P2034";
// The other one of a deadlock is done once its own wait has ended, so the first repetition nearly always succeeds.
const ATTEMPTS = 5;
const PAUSE_MS = 20;

/**
 * Repeats whatever PostgreSQL undid because it conflicted with something else: each statement by itself, and each
 * transaction as a whole. Nobody else has to. The function of an interactive transaction must therefore do nothing but
 * use its client.
 */
export function repeatingConflicts(adapter: PrismaPg, open: (adapter: PrismaPg) => PrismaClient): PrismaClient {
  const prisma = open(withRepeatedStatements(adapter));
  const once = prisma.$transaction.bind(prisma) as (...input: readonly unknown[]) => Promise<unknown>;
  const repeated = (...input: readonly unknown[]): Promise<unknown> => repeatConflicts(() => once(...input));
  // The same arguments and results as those of the method in its place.
  prisma.$transaction = repeated as PrismaClient["$transaction"];
  return prisma;
}

/** Only statements outside of transactions go through the adapter itself. */
function withRepeatedStatements(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    const executeRaw = adapter.executeRaw.bind(adapter);
    return Object.assign(adapter, {
      queryRaw: (query: Parameters<typeof queryRaw>[0]) => repeatConflicts(() => queryRaw(query)),
      executeRaw: (query: Parameters<typeof executeRaw>[0]) => repeatConflicts(() => executeRaw(query)),
    });
  };
  return factory;
}

/** Repeats this while PostgreSQL undoes it because of a conflict, five times at most. */
export async function repeatConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isConflict(error)) throw error;
      // Two that conflict do not begin again at the same moment.
      await pause(PAUSE_MS * attempt * Math.random());
    }
  }
}

/** The adapter's own error has PostgreSQL's code in its cause, Prisma's has that one in its `meta`, a migration's in its cause. */
function isConflict(error: unknown): boolean {
  const { code, cause, meta } = fieldsOf(error);
  if (code === PRISMA_CONFLICT) return true;
  const codes = [cause, fieldsOf(fieldsOf(meta)["driverAdapterError"])["cause"]].flatMap((from) => {
    const fields = fieldsOf(from);
    return [fields["code"], fields["originalCode"]];
  });
  return codes.some((one) => CONFLICTS.includes(one));
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  // An object is a record of unknown values, which is all that this type claims.
  typeof value === "object" && value !== null ? (value as Fields) : {};
