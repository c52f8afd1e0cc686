import { type Groups, groupsOf, plainAddress } from "./ip-address.ts";

// Addresses that name no visitor: the special-purpose registries of IANA (RFC 6890 and its updates). Documentation ranges
// (192.0.2.0/24 and the like) count as public: they reach nobody, but are addresses like any other.
const NOT_PUBLIC = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // shared by a provider's customers
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
  "2001::/23", // protocol assignments: Teredo tunnels, benchmarks, overlay identifiers
  "2002::/16", // 6to4 tunnels
];
// Registered to Shopify (2025): where an order's address is one of these, a server placed it, not the buyer's browser.
const SHOPIFY = ["23.227.32.0/19", "185.146.172.0/22", "2620:127:f000::/44"];
// All that was ever handed out for public use; loopback, link-local, unique local and multicast lie outside.
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

/** The visitor's address as Meta wants it, or null where it is none, or belongs to no visitor. */
export function publicIp(text: string | null): string | null {
  if (text === null) return null;
  const ip = plainAddress(text);
  const address = groupsOf(ip);
  if (address === null || EXCLUDED.some(isIn(address))) return null;
  return address.length === 2 || isIn(address)(PUBLIC) ? ip : null;
}

/** Meta prefers IPv6; among addresses of one family the first is taken. */
export function preferredIp(candidates: readonly (string | null)[]): string | null {
  const known = candidates.map(publicIp).filter((ip) => ip !== null);
  return known.find((ip) => ip.includes(":")) ?? known[0] ?? null;
}
