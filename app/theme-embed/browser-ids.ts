import { type CookieJar, idsOf, keepBrowserIds } from "../browser/keep-browser-ids.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { cookieNamed } from "./page.ts";

export const NOBODY: BrowserIds = { fbp: null, fbc: null };

export type IdKeeper = {
  /** Reads the cookies; with `makes`, also creates missing ones. Needs the visitor's consent. */
  readonly keep: (makes: boolean) => Promise<void>;
  /** The IDs in the cookies at this moment; none before the first `keep`. */
  readonly current: () => BrowserIds;
};

export function createIdKeeper(): IdKeeper {
  let kept: BrowserIds | null = null;
  return {
    keep: async (makes) => {
      const { hostname: host, href: url } = location;
      const visit = { host, url, now: Date.now(), random: Math.random() };
      kept = makes ? await keepBrowserIds(cookieJar(), visit) : NOBODY;
    },
    current: () => {
      if (!kept) return NOBODY;
      const text = document.cookie;
      const ids = idsOf(cookieNamed("_fbp", text), cookieNamed("_fbc", text), Date.now());
      // If the browser stores no cookies, the URL's click ID still counts.
      return { ...ids, fbc: ids.fbc ?? kept.fbc };
    },
  };
}

/** The page's cookies, cached until the next write. */
function cookieJar(): CookieJar {
  let text: string | undefined;
  return {
    get: (name) => Promise.resolve(cookieNamed(name, (text ??= document.cookie))),
    set: (cookie) => {
      text = undefined;
      return Promise.resolve((document.cookie = cookie));
    },
  };
}
