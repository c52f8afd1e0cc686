import { Prisma } from "@prisma/client";

import type { BrowserReceipt, NewEvent } from "./types.ts";

/** An entry's identifiers, as digests for comparison with tombstones. Absent: nothing is checked. */
export type DigestsOf = {
  readonly event: (event: NewEvent) => readonly string[];
  readonly receipt: (receipt: BrowserReceipt) => readonly string[];
};

/** The context of a statement that writes entries. */
export type Writing = { readonly now: Date; readonly digestsOf?: DigestsOf | undefined };

/** Whether the entry `given` belongs to an erased person or order; one lookup by key per digest. */
export const isErased = (now: Date): Prisma.Sql => Prisma.sql`exists (
  select from tombstone where digest = any(given.digests) and expires_at > ${now}::timestamptz)`;
