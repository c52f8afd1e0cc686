import type { UserData } from "../event-contract/meta-event.ts";
import { metaCookie } from "../event-contract/meta-cookies.ts";
import { preferredIp } from "./public-ip.ts";

/** What a browser gave of itself, with the better source first where there are several addresses. */
export type BrowserContext = {
  readonly ips: readonly (string | null)[];
  readonly userAgent: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
};

/** The unhashed keys of `user_data`; what does not have Meta's form is left out. */
export function browserUserData({ ips, userAgent, fbp, fbc }: BrowserContext): UserData {
  const ip = preferredIp(ips);
  const [browserId, clickId] = [metaCookie(fbp), metaCookie(fbc)];
  return {
    ...(ip !== null && { client_ip_address: ip }),
    ...(userAgent && { client_user_agent: userAgent }),
    ...(browserId !== null && { fbp: browserId }),
    ...(clickId !== null && { fbc: clickId }),
  };
}
