import type { EventName } from "./event-name.ts";
import type { PublishedPixelFilter, PublishedEvent, PublishedSettings } from "./published-settings.ts";
import type { BrowserLeg, BrowserRoute } from "./wire.ts";

/**
 * Whether a pixel takes this action from this country; both legs use this function. A pixel limited to some countries
 * takes nothing from an unknown country.
 */
export const takes = ({ countries, eventsOff }: PublishedPixelFilter, action: EventName, country: unknown): boolean =>
  !eventsOff.includes(action) && (!countries || countries.some((listed) => listed === country));

/** The browser leg with its target pixels and event name from the settings; skipped if no pixel takes it. */
export function routedLeg(
  leg: BrowserLeg,
  { action, country, way }: { readonly action: EventName; readonly country: unknown; readonly way: PublishedEvent },
  { pixels }: PublishedSettings,
): BrowserLeg & Required<BrowserRoute> {
  const to = pixels.filter((pixel) => takes(pixel, action, country)).map(({ id }) => id);
  const because = !to.length ? "no-pixel" : !way.browser && "switched-off";
  return { as: way.as, to, ...(leg.sent && because ? { sent: false, because } : leg) };
}
