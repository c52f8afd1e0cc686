import { LONGEST_WAIT_MS } from "../../../app/browser/limits.ts";
import { keepBrowserIds } from "../../../app/browser/keep-browser-ids.ts";
import type { BrowserIds } from "../../../app/event-contract/meta-cookies.ts";
import type { PixelApi, Sandbox } from "./sandbox.ts";

const NONE: BrowserIds = { fbp: null, fbc: null };

/** `country`: the storefront's current country, if its cookie has one. */
type Use = (ids: BrowserIds, country: unknown) => void;

export type IdKeeper = {
  /** The URL of the page on which the pixel started. */
  readonly url: string;
  /** Reads the cookies and creates missing ones. Needs the visitor's consent. */
  readonly refresh: () => void;
  /**
   * Calls `use` with the IDs: at once if they are known, otherwise when they are read, or without them after a
   * time-out.
   */
  readonly withIds: (use: Use) => void;
};

/**
 * The cookies live in the top frame, some milliseconds away, and a request that waits for them is lost if the visitor
 * leaves. So they are read in advance, and only the first events wait.
 */
export function createIdKeeper(api: PixelApi, sandbox: Sandbox): IdKeeper {
  const { hostname: host = "", href: url = "" } = api.init.context?.document?.location ?? {};
  const jar = api.browser.cookie;
  let known: BrowserIds | null = null;
  const waiting: Use[] = [];
  let country: unknown;
  let isStarted = false;

  const settle = (ids: BrowserIds): void => {
    known = ids;
    for (const use of waiting.splice(0)) use(ids, country);
  };
  const giveUp = (): unknown => known ?? settle(NONE);

  const refresh = (): void => {
    isStarted = true;
    const visit = { host, url, now: sandbox.now(), random: sandbox.random() };
    // Shopify's own storefront cookie is a pixel's only source of the country before checkout (2026-11).
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
      if (!isStarted) refresh();
    },
  };
}
