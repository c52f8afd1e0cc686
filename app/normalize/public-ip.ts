import { type Groups, groupsOf, plainAddress } from "./ip-address.ts";

// Addresses that identify no visitor: IANA's special-purpose registries (RFC 6890 and its updates). Documentation
// ranges (such as 192.0.2.0/24) count as public.
const NOT_PUBLIC = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // shared address space of a provider (CGNAT)
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved and broadcast
  "2001::/23", // protocol assignments: Teredo tunnels, benchmarks, overlay identifiers
  "2002::/16", // 6to4 tunnels
];
// Registered to Shopify (2025): an order with such an address was placed by a server, not by the buyer's browser.
const SHOPIFY = ["23.227.32.0/19", "185.146.172.0/22", "2620:127:f000::/44"];
// All IPv6 addresses allocated for public use. Loopback, link-local, unique local and multicast lie outside.
const PUBLIC_V6 = "2000::/3";

type Range = { readonly groups: Groups; readonly bits: number };

const rangeOf = (cidr: string): Range => {
  const [address = "", bits] = cidr.split("/");
  return { groups: groupsOf(address) ?? [], bits: Number(bits) };
};

const isIn =
  (address: Groups) =>
  ({ groups, bits }: Range): boolean =>
    groups.length === address.length &&
    groups.every((group, at) => {
      const compared = Math.min(Math.max(bits - at * 16, 0), 16);
      return group >> (16 - compared) === (address[at] ?? 0) >> (16 - compared);
    });

const EXCLUDED = [...NOT_PUBLIC, ...SHOPIFY].map(rangeOf);
const PUBLIC = rangeOf(PUBLIC_V6);

/** The visitor's address in Meta's format; null if it is not an address or identifies no visitor. */
export function publicIp(text: string | null): string | null {
  if (text === null) return null;
  const ip = plainAddress(text);
  const address = groupsOf(ip);
  if (address === null || EXCLUDED.some(isIn(address))) return null;
  return address.length === 2 || isIn(address)(PUBLIC) ? ip : null;
}

/** Meta prefers IPv6. Within one family the first address wins. */
export function preferredIp(candidates: readonly (string | null)[]): string | null {
  const known = candidates.map(publicIp).filter((ip) => ip !== null);
  return known.find((ip) => ip.includes(":")) ?? known[0] ?? null;
}
