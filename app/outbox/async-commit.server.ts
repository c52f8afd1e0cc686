import { Prisma } from "@prisma/client";

/**
 * A condition that is always true and makes the statement's commit return before PostgreSQL flushes it to disk. Use it
 * only for repeatable steps: if the database crashes within moments, they are undone and repeated. A later synchronous
 * commit, such as that of Meta's answer, flushes them too, so no result survives without the steps before it. Never use
 * it for something that was already acknowledged to Shopify or a browser.
 */
export const ASYNC_COMMIT = Prisma.sql`(select set_config('synchronous_commit', 'off', true)) = 'off'`;
