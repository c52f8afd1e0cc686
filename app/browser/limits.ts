// Numbers in a file that imports nothing weigh less: esbuild writes them where they are used.

/**
 * A pixel reads and writes the page's cookies in two steps; in between, the embed could create and report its own. So
 * if the embed reports, it creates them. If the theme has it disabled, the pixel does so later: only one page has the
 * ad's click ID.
 */
export const EMBED_FIRST_MS = 5000;

/** A page that is unloading no longer answers. An event without IDs is better than none. */
export const LONGEST_WAIT_MS = 1500;

/** Meta needs few items to see what the page was about. */
export const MOST_LISTED = 10;

/** Characters of a title, a category or a query. */
export const LONGEST_TEXT = 500;

/** How long Meta's cookies live. */
export const NINETY_DAYS_S = 7_776_000;
