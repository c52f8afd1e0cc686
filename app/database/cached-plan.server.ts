import { Prisma } from "@prisma/client";

const MARK = "/* cached plan */";

/**
 * What a statement begins with whose plan PostgreSQL may keep for a connection's life. Planning cost more than doing:
 * 1,400 of 2,000 µs for a single event (decision 32). Only for a statement whose text never changes and whose plan is as
 * right for a full table as for an empty one, for it may have been made when the tables were empty.
 */
export const CACHED_PLAN = Prisma.raw(MARK);

/** Names for Prisma's adapter: each marked text has one, the others none and are planned each time. */
export function statementNames(): (statement: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    // PostgreSQL's own word for "not kept".
    if (!sql.startsWith(MARK)) return "";
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = `tandem_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
