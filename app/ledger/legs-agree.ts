import type { CustomData } from "../event-contract/purchase.ts";

/**
 * Whether two legs report the same sale: value, currency, content IDs (in any order) and item count. A field that both
 * lack agrees; one that only one leg has does not.
 */
export const legsAgree = (server: CustomData, browser: CustomData): boolean =>
  server.value === browser.value &&
  server.currency === browser.currency &&
  server.num_items === browser.num_items &&
  (leavesOutItems(browser) || sortedIds(server) === sortedIds(browser));

/**
 * Whether a browser's report was too long to leave its page, and went without its lists of items (momentText).
 */
export const leavesOutItems = ({ content_ids, contents }: CustomData): boolean =>
  content_ids?.length === 0 && contents?.length === 0;

const sortedIds = (leg: CustomData): string => JSON.stringify([...(leg.content_ids ?? [])].sort());
