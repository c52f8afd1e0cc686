import type { UnreadableBecause } from "../event-contract/parse-collector-post.ts";

/** Beyond a limit. `too-many`: posts; `too-much`: bytes to be stored; `guessing`: receipts of different orders. */
export type LimitExceeded = "too-many" | "too-much" | "guessing";

/**
 * Why the collector refused a post. `unknown-address`: of no shop; `foreign-page`: about a page of somebody else;
 * `erased`: a receipt of an erased customer.
 */
export type RefusedBecause = UnreadableBecause | LimitExceeded | "unknown-address" | "foreign-page" | "erased";
