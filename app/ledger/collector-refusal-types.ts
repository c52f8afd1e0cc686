import type { UnreadableBecause } from "../event-contract/parse-collector-post.ts";

/** Why the collector did not take a post: `unknown-address` is no shop's, `too-many` came faster than the limits allow. */
export type RefusedBecause = UnreadableBecause | "unknown-address" | "too-many";
