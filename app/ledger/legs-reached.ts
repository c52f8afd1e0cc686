import type { FigureLegs } from "./daily-figure-types.ts";
import type { EventRow } from "./types.ts";

/** Which legs reached Meta, as the daily figures count them; null while the event has not ended. */
export function legsReached({
  state,
  browserLeg,
  legsAgree,
}: Pick<EventRow, "state" | "browserLeg" | "legsAgree">): FigureLegs | null {
  if (state === "joining" || state === "queued" || state === "waiting-for-payment") return null;
  const byBrowser = browserLeg === "sent";
  if (state !== "delivered") return byBrowser ? "browser" : "none";
  if (!byBrowser) return "server";
  return legsAgree === false ? "differing" : "both";
}
