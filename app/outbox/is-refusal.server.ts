import { Prisma } from "@prisma/client";

import { NotStorable } from "./not-storable.ts";

// SQLSTATE classes caused by the statement or its rows: data, cardinality, integrity, transaction rollback (a
// deadlock), program limits. Everything else (connection, resources, operator intervention) is an outage.
const REFUSALS = new Set(["21", "22", "23", "40", "54"]);

/** True if the database refused the statement itself; false if it was unavailable. */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && REFUSALS.has(state.slice(0, 2));
}

/** NotStorable for class 22, a value that no retry makes storable; any other error unchanged. */
export function asNotStorable(error: unknown): unknown {
  const state = sqlState(error);
  return state?.startsWith("22") ? new NotStorable(state, error) : error;
}

/** Prisma's driver adapters put the server's code into `meta.driverAdapterError.cause.originalCode` (Prisma 7.10). */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const code = path(error.meta, ["driverAdapterError", "cause", "originalCode"]);
  return typeof code === "string" ? code : null;
}

const path = (value: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>(
    // The check before the cast makes this an object with string keys.
    (inner, name) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
