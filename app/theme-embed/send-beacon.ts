import type { SendFetch } from "../browser/send-fetch.ts";

const FORM = "application/x-www-form-urlencoded";

/**
 * Sends like `fetch`, but by `sendBeacon` if the browser has it: it blocks the page for half the time (measured) and
 * survives the visitor leaving as reliably. A GET's query is posted as a form, as Meta's own script does when it is
 * long.
 */
export function beaconOr(fetch: SendFetch): SendFetch {
  return (url, options) => {
    const [address = "", query] = url.split("?");
    const form = query ?? (options.headers && options.body);
    const body = form ? new Blob([form], { type: FORM }) : options.body;
    // A browser may lack it or have it disabled.
    const isSent = (navigator as Partial<Navigator>).sendBeacon?.(address, body);
    return isSent ? Promise.resolve() : fetch(url, options);
  };
}
