import { Prisma } from "@prisma/client";

/**
 * A condition that always holds, and lets its statement's commit return before PostgreSQL has it on disk. For steps that
 * may be done again: if the database itself crashes within its next moments, they are undone and repeated. Whatever is
 * committed normally afterwards, such as Meta's word, takes them to disk with it, so nothing can be kept without what led
 * to it. Never for what somebody outside was answered.
 */
export const ASYNC_COMMIT = Prisma.sql`(select set_config('synchronous_commit', 'off', true)) = 'off'`;
