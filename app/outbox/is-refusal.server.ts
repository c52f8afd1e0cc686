import { Prisma } from "@prisma/client";

// SQLSTATE classes that speak of the statement or its rows: data, cardinality, integrity, transaction rollback (a
// deadlock), program limits. Everything else (connection, resources, operator intervention) is an outage.
const REFUSALS = new Set(["21", "22", "23", "40", "54"]);

/** True when the database read the statement and would not write it; false when it was not there, or not able. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const state = sqlState(error.meta);
  return state !== null && REFUSALS.has(state.slice(0, 2));
}

/** The driver adapters keep the server's own code in `meta.driverAdapterError.cause.originalCode` (Prisma 7.10). */
function sqlState(meta: unknown): string | null {
  const code = path(meta, ["driverAdapterError", "cause", "originalCode"]);
  return typeof code === "string" ? code : null;
}

const path = (value: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>(
    // The guard before it makes this an object with string keys.
    (inner, name) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
