import { type BrowserIds, metaCookie } from "../event-contract/meta-cookies.ts";

/** The page's cookies, seen from wherever the caller runs: `set` takes what `document.cookie` takes. */
export type CookieJar = {
  readonly get: (name: string) => Promise<unknown>;
  readonly set: (cookie: string) => Promise<unknown>;
};

/** What keeping the ids needs from the world: the page's host and address, the time (epoch ms), a fraction in [0, 1). */
export type Visit = { readonly host: string; readonly url: string; readonly now: number; readonly random: number };

const NINETY_DAYS_S = 7_776_000;

/**
 * The address's `fbclid`, letter for letter as it stands in the query: decoding it would change the id. An id that a cookie
 * cannot hold whole is none, and fbevents ignores ids of more than 500 characters (seen in version 2.9.324).
 */
export function clickId(url: string): string | null {
  const click = /^[^?#]*\?(?:[^#]*?&)??fbclid=([^&#;,\s]{1,500})(?=[&#]|$)/.exec(url)?.[1];
  return click?.replace(/\./g, "__DOT__") ?? null;
}

/**
 * The domains a cookie may sit on, widest first; the empty one is the host alone, all there is for an address in figures
 * and for a name without dots. Shops have names below `myshopify.com`, which is nobody's own; other such domains, like
 * `co.uk`, are left to the browser to refuse.
 */
export function cookieDomains(host: string): readonly string[] {
  if (/^(?:[\d.]+|[^.]+)$/.test(host)) return [""];
  const labels = host.split(".");
  return labels
    .slice(1)
    .map((_, dropped) => labels.slice(-2 - dropped).join("."))
    .filter((domain) => domain !== "myshopify.com");
}

/** The ids that the cookies hold. An ad click counts for ninety days, though other scripts renew its cookie for longer. */
export function idsOf(fbp: unknown, fbc: unknown, now: number): BrowserIds {
  const click = metaCookie(fbc);
  const isOld = now - Number(click?.split(".")[2]) > NINETY_DAYS_S * 1000;
  return { fbp: metaCookie(fbp), fbc: isOld ? null : click };
}

/**
 * Reads `_fbp` and `_fbc`; makes an absent `_fbp`, and the `_fbc` of a new ad click, in Meta's format. To be called only
 * once the visitor agreed to marketing, and by one of a page's two scripts: of two who look, find nothing and write, the
 * first goes on with an id that the second has replaced. Where the browser keeps no cookies there is no `_fbp`: an id that
 * changes with every page would tell Meta of a new browser each time.
 */
export function keepBrowserIds(jar: CookieJar, visit: Visit): Promise<BrowserIds> {
  const { host, url, now, random } = visit;
  // Promises by hand: for the web pixel's old target, one `async` function would bring a generator's machinery along.
  const read = (name: string) => jar.get(name).then(metaCookie);
  /** The value that the widest possible domain took, read back; `before` where none took any. */
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

/** What `document.cookie` takes. */
function cookieText(name: string, domain: string, timeAndPayload: string): string {
  const dots = domain.split(".").length - 1;
  return `${name}=fb.${dots}.${timeAndPayload};path=/;max-age=${NINETY_DAYS_S};samesite=lax${domain && `;domain=.${domain}`}`;
}
