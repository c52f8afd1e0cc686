import type { ShopProfile } from "../settings/types.ts";

/**
 * Whose page a browser's report names. `own`: the shop's, or one where Shopify serves it. `mirror`: a visitor's view of
 * the shop's page at another address. `unsure`: a foreign host that may be a domain since the last reading. `foreign`:
 * a copy of the shop, or somebody's invention.
 */
export type PageOwner = "own" | "mirror" | "unsure" | "foreign";

/**
 * Shopify's own hosts on which a shop's pages are: the checkout of shops without a domain and Shop Pay, customer
 * accounts (shopify.com/{shop}/account), and links to a theme's preview (shopify.dev, 2026-11).
 */
const OF_SHOPIFY = ["checkout.shopify.com", "pay.shopify.com", "shop.app", "shopify.com"];
const OF_PREVIEWS = ".shopifypreview.com";
/** `shopify theme dev` serves a theme from the developer's machine. */
const OF_DEVELOPERS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);
/** Google Translate shows a page at its host with hyphens for dots (web.dev, 2026-11). */
const TRANSLATED = /^([a-z0-9-]+)\.translate\.goog$/;

type KnownHosts = NonNullable<ShopProfile["hosts"]>;

/** After this time, a host that is not known may be a new domain of the shop's. */
export const HOSTS_FRESH_FOR_MS = 15 * 60_000;

/** Until the shop's hosts have been read from Shopify, every page counts as its own. */
export function pageOwner(
  url: string | null,
  { shop, hosts }: Pick<ShopProfile, "shop" | "hosts">,
  now: Date,
): PageOwner {
  if (url === null || !hosts) return "own";
  const page = hostOf(url);
  return page === null ? "foreign" : hostOwner(page, { shop, hosts }, now);
}

function hostOwner(page: string, { shop, hosts }: { shop: string; hosts: KnownHosts }, now: Date): PageOwner {
  const own = [shop, ...hosts.known].flatMap((host) => hostOf(`https://${host}`) ?? []);
  if (own.some((host) => isWithin(page, host)) || isShopifys(page)) return "own";
  if (OF_DEVELOPERS.has(page) || isTranslated(page, own)) return "mirror";
  return isFresh(hosts.readAt, now) ? "foreign" : "unsure";
}

const isFresh = (readAt: Date, now: Date): boolean => now.getTime() - readAt.getTime() < HOSTS_FRESH_FOR_MS;

const isShopifys = (page: string): boolean => OF_SHOPIFY.includes(page) || page.endsWith(OF_PREVIEWS);

/** The same host, with or without `www.`, or one below it: a domain's owner has all of them. */
function isWithin(page: string, host: string): boolean {
  const domain = host.replace(/^www\./, "");
  return page === domain || page.endsWith(`.${domain}`);
}

/** Google doubles the host's own hyphens. A name that would be too long is a digest, and counts as foreign. */
function isTranslated(page: string, own: readonly string[]): boolean {
  const name = TRANSLATED.exec(page)?.[1];
  if (name === undefined) return false;
  const host = name.replaceAll("--", "\0").replaceAll("-", ".").replaceAll("\0", "-");
  return own.some((domain) => isWithin(host, domain));
}

/** Without a port and the root's dot, an international name in its ASCII form. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : null;
}
