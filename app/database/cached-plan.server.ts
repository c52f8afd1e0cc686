import { Prisma } from "@prisma/client";

const MARK = "/* cached plan */";

/**
 * The prefix of a statement whose plan PostgreSQL may keep for the life of a connection. Planning cost more than
 * running: 1,400 of 2,000 µs for a single event (decision 32). Only for a statement whose text never changes and whose
 * plan suits a full table as well as an empty one, because the tables may have been empty when it was planned.
 */
export const CACHED_PLAN = Prisma.raw(MARK);

/** Statement names for Prisma's adapter. Each marked text has one; the others have none and are planned each time. */
export function statementNames(): (statement: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    // An unnamed statement, which PostgreSQL does not keep.
    if (!sql.startsWith(MARK)) return "";
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = `tandem_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
