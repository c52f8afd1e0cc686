import { keepBrowserIds } from "../../../app/browser/keep-browser-ids.ts";
import type { BrowserIds } from "../../../app/event-contract/meta-cookies.ts";
import type { PixelApi, Sandbox } from "./sandbox.ts";

const NONE: BrowserIds = { fbp: null, fbc: null };
// A page that is being left answers no more. The event is worth more without its ids than not at all.
const LONGEST_WAIT_MS = 1500;

/** `country`: the one that the shop is shown for, where the storefront has noted it. */
type Use = (ids: BrowserIds, country: unknown) => void;

export type IdKeeper = {
  /** Of the page that the pixel was started on. */
  readonly url: string;
  /** Reads the cookies, and makes those that are missing. Needs the visitor's consent. */
  readonly refresh: () => void;
  /** Runs `use` with the ids: at once when they have been read, otherwise as soon as they are, or without them. */
  readonly withIds: (use: Use) => void;
};

/**
 * The cookies live in the top frame, some milliseconds away, and a request that waits for them while the visitor leaves
 * is lost. So they are read ahead, and a send never waits twice.
 */
export function createIdKeeper(api: PixelApi, sandbox: Sandbox): IdKeeper {
  const { context: { document: { location: { hostname: host = "", href: url = "" } = {} } = {} } = {} } = api.init;
  const jar = api.browser.cookie;
  let known: BrowserIds | null = null;
  const waiting: Use[] = [];
  let country: unknown;
  let isAsked = false;

  const settle = (ids: BrowserIds): void => {
    known = ids;
    for (const use of waiting.splice(0)) use(ids, country);
  };
  const giveUp = (): unknown => known ?? settle(NONE);

  const refresh = (): void => {
    isAsked = true;
    const visit = { host, url, now: sandbox.now(), random: sandbox.random() };
    // Shopify's own cookie on storefronts: nothing else tells a pixel the country before the checkout (2026-11).
    Promise.all([keepBrowserIds(jar, visit), jar.get("localization")])
      .then(([ids, place]) => {
        country = String(place).slice(0, 2);
        settle(ids);
      })
      .catch(giveUp);
    sandbox.after(LONGEST_WAIT_MS, giveUp);
  };

  return {
    url,
    refresh,
    withIds: (use) => {
      if (known) return use(known, country);
      waiting.push(use);
      if (!isAsked) refresh();
    },
  };
}
