import type { UnreadableBecause } from "../event-contract/parse-collector-post.ts";

/**
 * Why the collector refused a post. `unknown-address`: of no shop; `too-many`: faster than the limits allow;
 * `foreign-page`: about a page of somebody else; `erased`: a receipt of an erased customer.
 */
export type RefusedBecause = UnreadableBecause | "unknown-address" | "too-many" | "foreign-page" | "erased";
