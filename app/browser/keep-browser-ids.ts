import { NINETY_DAYS_S } from "./limits.ts";
import { type BrowserIds, metaCookie } from "../event-contract/meta-cookies.ts";

/** The page's cookies, for any context the caller runs in: `set` takes a `document.cookie` string. */
export type CookieJar = {
  readonly get: (name: string) => Promise<unknown>;
  readonly set: (cookie: string) => Promise<unknown>;
};

/** The page's host and URL, the time (epoch ms), and a random number in [0, 1). */
export type Visit = { readonly host: string; readonly url: string; readonly now: number; readonly random: number };

/**
 * The URL's `fbclid` exactly as in the query, because decoding would change it; null if a cookie cannot hold it whole.
 * fbevents ignores click IDs of more than 500 characters (seen in version 2.9.324).
 */
export function clickId(url: string): string | null {
  const click = /^[^?#]*\?(?:[^#]*?&)??fbclid=([^&#;,\s]{1,500})(?=[&#]|$)/.exec(url)?.[1];
  return click?.replace(/\./g, "__DOT__") ?? null;
}

/**
 * The domains on which a cookie may be set, widest first. An empty string means the host alone, which is the only
 * choice for IP addresses and names without dots. None is tried on the public suffixes of shops (publicsuffix.org,
 * 2026-11): Shopify's own, and those that most countries register names under, such as `co.uk`, `com.au` and `or.jp`. A
 * cookie on any other suffix is refused by the browser.
 */
export function cookieDomains(host: string): readonly string[] {
  if (/^(?:[\d.]+|[^.]+)$/.test(host)) return [""];
  const labels = host.split(".");
  return labels
    .slice(1)
    .map((_, dropped) => labels.slice(-2 - dropped).join("."))
    .filter((domain) => domain === host || !/^(?:myshopify|com?|net?|org?)\.\w{2,3}$/.test(domain));
}

/** The cookies' IDs. A click counts for ninety days, even if other scripts extend its cookie. */
export function idsOf(fbp: unknown, fbc: unknown, now: number): BrowserIds {
  const click = metaCookie(fbc);
  const isOld = now - Number(click?.split(".")[2]) > NINETY_DAYS_S * 1000;
  return { fbp: metaCookie(fbp), fbc: isOld ? null : click };
}

/**
 * Reads `_fbp` and `_fbc`; creates a missing `_fbp`, and the `_fbc` of a new ad click, in Meta's format. Call it only
 * after the visitor consented to marketing, and from one of the page's two scripts: if both created a cookie, the first
 * would send an ID that the second has replaced. Without cookies there is no `_fbp`, because an ID that changes on
 * every page would look to Meta like a new browser each time.
 */
export function keepBrowserIds(jar: CookieJar, visit: Visit): Promise<BrowserIds> {
  const { host, url, now, random } = visit;
  // Promise chains instead of `async`: for the web pixel's old target, one `async` function adds the generator runtime.
  const read = (name: string) => jar.get(name).then(metaCookie);
  /** The value as stored on the widest domain that accepted it, read back; `before` if none did. */
  const written = (name: string, payload: string | number, before: string | null) =>
    cookieDomains(host).reduce(
      (tried, domain) =>
        tried.then((kept) =>
          kept === before ? jar.set(cookieText(name, domain, `${now}.${payload}`)).then(() => read(name)) : kept,
        ),
      Promise.resolve(before),
    );

  return Promise.all([read("_fbp"), read("_fbc")]).then(([fbp, fbc]) => {
    const click = clickId(url);
    return Promise.all([
      fbp ?? written("_fbp", 1 + Math.floor(random * 999_999_999_999_999), fbp),
      click && click !== fbc?.split(".")[3]
        ? written("_fbc", click, fbc).then((kept) => (kept === fbc ? `fb.1.${now}.${click}` : kept))
        : fbc,
    ]).then(([browser, clicked]) => idsOf(browser, clicked, now));
  });
}

/** A cookie string for `document.cookie`. */
function cookieText(name: string, domain: string, timeAndPayload: string): string {
  const dots = domain.split(".").length - 1;
  return `${name}=fb.${dots}.${timeAndPayload};path=/;max-age=${NINETY_DAYS_S};samesite=lax${domain && `;domain=.${domain}`}`;
}
