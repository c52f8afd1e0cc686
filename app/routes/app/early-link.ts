/**
 * Runs before the page's own scripts have arrived, which on a slow phone takes seconds: App Bridge reports the press of a
 * link once, and nobody would hear it. No character in it is one that React escapes.
 */
export const KEEP_EARLY_LINK =
  "document.addEventListener(`shopify:navigate`, function (event) { window.tandemEarlyLink = event.target.getAttribute(`href`) })";

type Keeper = { tandemEarlyLink?: string | null | undefined };

/** The link that was pressed last before anybody followed it; null if there is none. Nobody gets it a second time. */
export function takeEarlyLink(): string | null {
  // The property is the script's.
  const keeper = globalThis as Keeper;
  const href = keeper.tandemEarlyLink ?? null;
  keeper.tandemEarlyLink = null;
  return href;
}
