import { type BrowserIds, metaCookie } from "../event-contract/meta-cookies.ts";

/** The page's cookies, seen from wherever the caller runs: `set` takes what `document.cookie` takes. */
export type CookieJar = {
  readonly get: (name: string) => Promise<unknown>;
  readonly set: (cookie: string) => Promise<unknown>;
};

/** What keeping the ids needs from the world: the page's host and address, the time (epoch ms), a fraction in [0, 1). */
export type Visit = { readonly host: string; readonly url: string; readonly now: number; readonly random: number };

const NINETY_DAYS_S = 7_776_000;
// fbevents ignores longer click ids altogether (seen in version 2.9.324).
const LONGEST_CLICK_ID = 500;

/**
 * The address's `fbclid`, letter for letter as it stands there: decoding it would change the id. An id that a cookie cannot
 * hold whole is none.
 */
export function clickId(url: string): string | null {
  const click = /[?&]fbclid=([^&#;,\s]+)(?=[&#]|$)/.exec(url)?.[1];
  return !click || click.length > LONGEST_CLICK_ID ? null : click.replace(/\./g, "__DOT__");
}

/** The domains a cookie may sit on, widest first. The browser refuses those that are nobody's own, such as `co.uk`. */
export function cookieDomains(host: string): readonly string[] {
  const labels = host.split(".");
  if (labels.length < 2 || /^[\d.:[\]]+$/.test(host)) return [host];
  return labels.slice(0, -1).map((_, dropped) => labels.slice(labels.length - 2 - dropped).join("."));
}

/**
 * Reads `_fbp` and `_fbc`; makes an absent `_fbp`, and the `_fbc` of a new ad click, in Meta's format. To be called only
 * once the visitor agreed to marketing. Where the browser keeps no cookies there is no `_fbp`: an id that changes with
 * every page would tell Meta of a new browser each time.
 */
export function keepBrowserIds(jar: CookieJar, visit: Visit): Promise<BrowserIds> {
  // Promises by hand: for the web pixel's old target, one `async` function would bring a generator's machinery along.
  const read = (name: string) => jar.get(name).then(metaCookie);
  /** The value that the widest possible domain took, read back, so that whoever wrote at the same moment agrees. */
  const written = (name: string, payload: string, before: string | null): Promise<string | null> => {
    const tryOn = ([domain, ...narrower]: readonly string[]): Promise<string | null> =>
      domain === undefined
        ? Promise.resolve(null)
        : jar
            .set(cookieText(name, domain, `${visit.now}.${payload}`))
            .then(() => read(name))
            .then((kept) => (kept === before ? tryOn(narrower) : kept));
    return tryOn(cookieDomains(visit.host));
  };

  return Promise.all([read("_fbp"), read("_fbc")]).then(([fbp, fbc]) => {
    const click = clickId(visit.url);
    const [, , clickedAt, known] = (fbc ?? "").split(".");
    // Other scripts renew the cookie's own ninety days with every page; the click does not get younger by it.
    const young = visit.now - Number(clickedAt) > NINETY_DAYS_S * 1000 ? null : fbc;
    return Promise.all([
      fbp ?? written("_fbp", String(1 + Math.floor(visit.random * 999_999_999_999_999)), fbp),
      click && known !== click
        ? written("_fbc", click, fbc).then((kept) => kept ?? `fb.1.${visit.now}.${click}`)
        : young,
    ]).then(([browser, clicked]) => ({ fbp: browser, fbc: clicked }));
  });
}

/** What `document.cookie` takes. A name without dots, such as localhost, has no domain to name. */
function cookieText(name: string, domain: string, timeAndPayload: string): string {
  const dots = domain.split(".").length - 1;
  const scope = dots > 0 ? `;domain=.${domain}` : "";
  return `${name}=fb.${dots}.${timeAndPayload};path=/;max-age=${NINETY_DAYS_S};samesite=lax${scope}`;
}
