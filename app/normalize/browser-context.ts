import { metaCookie } from "../event-contract/meta-cookies.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import { preferredIp } from "./public-ip.ts";

/** What a browser gave of itself, with the better source first where there are several addresses. */
export type BrowserContext = {
  readonly ips: readonly (string | null)[];
  readonly userAgent: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  /** When the event happened, Unix seconds: a click may be too old for it. */
  readonly at_s: number;
};

/** The unhashed keys of `user_data`, letter for letter; what does not have Meta's form is left out. */
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

// An order that a program placed through an API holds the program's name and its server's address, not the buyer's.
// Libraries that run on telephones (okhttp, Dart, CFNetwork) are not among them: there the address is the buyer's.
const PROGRAM =
  /^(?:curl|wget|ruby|faraday|python|aiohttp|go-http-client|java\/|apache-httpclient|node|undici|axios|got |php|guzzle|postman|insomnia|libwww|shopify)/i;

const NINETY_DAYS_MS = 90 * 24 * 60 * 60 * 1000;
const LONGEST_CLICK_ID = 500;

/**
 * `_fbc` as it stands, or null: a click counts for ninety days, and Meta's own script ignores click ids of more than 500
 * characters (seen in version 2.9.324). Its time is the click's own, so nothing can be mended here, only left out.
 */
export function usableClick(fbc: string | null, at_s: number): string | null {
  const cookie = metaCookie(fbc);
  const [, , createdAt = "", click = ""] = cookie?.split(".") ?? [];
  if (click.replaceAll("__DOT__", ".").length > LONGEST_CLICK_ID) return null;
  return at_s * 1000 - Number(createdAt) > NINETY_DAYS_MS ? null : cookie;
}
