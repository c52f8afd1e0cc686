import { Prisma } from "@prisma/client";

import type { BrowserReceipt, NewEvent } from "./types.ts";

/** What an entry is about, as digests that a tombstone may have. Absent: nothing was ever erased. */
export type DigestsOf = {
  readonly event: (event: NewEvent) => readonly string[];
  readonly receipt: (receipt: BrowserReceipt) => readonly string[];
};

/** What a statement that writes entries has to know besides them. */
export type Writing = { readonly now: Date; readonly digestsOf?: DigestsOf | undefined };

/** Whether a person or an order was erased that the entry `given` is about; one look-up by key for each digest. */
export const isErased = (now: Date): Prisma.Sql => Prisma.sql`exists (
  select from tombstone where digest = any(given.digests) and expires_at > ${now}::timestamptz)`;
