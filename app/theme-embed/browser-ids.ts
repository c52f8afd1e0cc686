import { type CookieJar, idsOf, keepBrowserIds } from "../browser/keep-browser-ids.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { cookieNamed } from "./page.ts";

export const NOBODY: BrowserIds = { fbp: null, fbc: null };

export type IdKeeper = {
  /** Takes the cookies as they are; with `makes` makes what is missing. Needs the visitor's consent. */
  readonly keep: (makes: boolean) => Promise<void>;
  /** The ids as the cookies have them at this moment; nobody's before the first `keep`. */
  readonly current: () => BrowserIds;
  readonly isKept: () => boolean;
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
      // Where the browser keeps no cookies, the address's own click is still one.
      return { ...ids, fbc: ids.fbc ?? kept.fbc };
    },
    isKept: () => kept !== null,
  };
}

/** The page's cookies, read again only after something was written. */
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
