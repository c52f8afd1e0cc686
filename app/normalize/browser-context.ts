import { metaCookie } from "../event-contract/meta-cookies.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import { preferredIp } from "./public-ip.ts";

/** What a browser sent about itself. `ips` lists the more reliable source first. */
export type BrowserContext = {
  readonly ips: readonly (string | null)[];
  readonly userAgent: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  /** When the event happened, Unix seconds; decides whether the click ID is too old. */
  readonly at_s: number;
};

/** The unhashed keys of `user_data`, verbatim. Values that do not match Meta's format are left out. */
export function browserUserData({ ips, userAgent, fbp, fbc, at_s }: BrowserContext): UserData {
  const isServer = userAgent !== null && PROGRAM.test(userAgent);
  const ip = isServer ? null : preferredIp(ips);
  const [browserId, clickId] = [metaCookie(fbp), usableClick(fbc, at_s)];
  return {
    ...(ip !== null && { client_ip_address: ip }),
    ...(userAgent && !isServer && { client_user_agent: userAgent }),
    ...(browserId !== null && { fbp: browserId }),
    ...(clickId !== null && { fbc: clickId }),
  };
}

// An order placed by a program through an API has the program's name and its server's address, not the buyer's. HTTP
// libraries of phone apps (okhttp, Dart, CFNetwork) are not listed: with them the address is the buyer's.
const PROGRAM =
  /^(?:curl|wget|ruby|faraday|python|aiohttp|go-http-client|java\/|apache-httpclient|node|undici|axios|got |php|guzzle|postman|insomnia|libwww|shopify)/i;

const NINETY_DAYS_MS = 90 * 24 * 60 * 60 * 1000;
const LONGEST_CLICK_ID = 500;

/**
 * `_fbc` unchanged, or null: Meta counts a click for ninety days, and its own script ignores click IDs of more than 500
 * characters (seen in version 2.9.324). The time stamp is part of the click, so an invalid one cannot be corrected.
 */
export function usableClick(fbc: string | null, at_s: number): string | null {
  const cookie = metaCookie(fbc);
  const [, , createdAt = "", click = ""] = cookie?.split(".") ?? [];
  if (click.replaceAll("__DOT__", ".").length > LONGEST_CLICK_ID) return null;
  return at_s * 1000 - Number(createdAt) > NINETY_DAYS_MS ? null : cookie;
}
