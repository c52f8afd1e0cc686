import { Prisma } from "@prisma/client";

import { NotStorable } from "./not-storable.ts";

// SQLSTATE classes that speak of the statement or its rows: data, cardinality, integrity, transaction rollback (a
// deadlock), program limits. Everything else (connection, resources, operator intervention) is an outage.
const REFUSALS = new Set(["21", "22", "23", "40", "54"]);

/** True when the database read the statement and would not write it; false when it was not there, or not able. */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && REFUSALS.has(state.slice(0, 2));
}

/** The same error, or NotStorable where it speaks of a value that no repetition will make storable (class 22). */
export function asNotStorable(error: unknown): unknown {
  const state = sqlState(error);
  return state?.startsWith("22") ? new NotStorable(state, error) : error;
}

/** The driver adapters keep the server's own code in `meta.driverAdapterError.cause.originalCode` (Prisma 7.10). */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const code = path(error.meta, ["driverAdapterError", "cause", "originalCode"]);
  return typeof code === "string" ? code : null;
}

const path = (value: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>(
    // The guard before it makes this an object with string keys.
    (inner, name) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
