import { Prisma } from "@prisma/client";

/**
 * An event's body without the person in it, in SQL: the same as `withoutPerson`. Its one place, because whatever ends,
 * erases or forgets an event must take the same fields away. `body`: an expression of type jsonb.
 */
export const withoutPersonIn = (body: "body" | "event.body" | "body::jsonb" | "event.body::jsonb"): Prisma.Sql =>
  Prisma.sql`((${Prisma.raw(body)} - '{event_source_url,referrer_url}'::text[]) || '{"user_data": {}}')`;
