import { BlockList, isIP } from "node:net";
import { z } from "zod";

// No request passes through more proxies; a larger number would trust an X-Forwarded-For that a visitor invents.
const MOST_PROXIES = 8;
// No provider has a larger network: 10.0.0.0/8 for IPv4; a CDN's largest is /29 for IPv6.
const FEWEST_BITS = { ipv4: 8, ipv6: 16 } as const;

const NOT_READ =
  `TRUST_PROXY must be the number of proxies in front of the app (1 on most hosts, at most ${MOST_PROXIES}) or their ` +
  "addresses, separated by commas; trusting every proxy would let visitors fake their IP address.";

/** TRUST_PROXY: which proxies are trusted for the visitor's IP address. */
export const TrustProxy = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === "false") return false;
    if (/^\d{1,9}$/.test(text) && Number(text) <= MOST_PROXIES) return Number(text) === 0 ? false : Number(text);
    const networks = text.split(",").map((entry) => networkIn(entry.trim()));
    if (networks.some((network) => network === null)) context.addIssue(NOT_READ);
    const tooWide = networks.find((network) => network !== null && isTooWide(network));
    if (tooWide) {
      context.addIssue(
        `TRUST_PROXY names ${tooWide.text}, which is nearly the whole internet: visitors could fake their IP address. ` +
          "Name the addresses of your proxies only, or their number (1 on most hosts).",
      );
    }
    return text.split(",").map((entry) => entry.trim());
  });

type Network = { readonly text: string; readonly address: string; readonly bits: number; readonly family: Family };
type Family = keyof typeof FEWEST_BITS;

function networkIn(text: string): Network | null {
  const [, address = "", bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return null;
  const network = { text, address, ...(version === 6 ? IPV6 : IPV4) };
  if (bits === undefined) return network;
  return Number(bits) <= network.bits ? { ...network, bits: Number(bits) } : null;
}

const IPV4 = { family: "ipv4", bits: 32 } as const;
const IPV6 = { family: "ipv6", bits: 128 } as const;

function isTooWide({ address, bits, family }: Network): boolean {
  const network = new BlockList();
  network.addSubnet(address, bits, family);
  if (family === "ipv6" && reaches(network, EVERY_MAPPED_IPV4)) return true;
  return bits < FEWEST_BITS[family] && !isPrivateIpv6(address, bits);
}

// Both ends of ::ffff:0:0/96: Node writes an IPv4 visitor's address in this form on an IPv6 socket.
const EVERY_MAPPED_IPV4 = ["::ffff:1.1.1.1", "::ffff:203.0.113.1"] as const;

const reaches = (network: BlockList, addresses: readonly string[]): boolean =>
  addresses.every((address) => network.check(address, "ipv6"));

/** fc00::/7 (RFC 4193) and fe80::/10 are large, but not routed on the internet. */
const isPrivateIpv6 = (address: string, bits: number): boolean => bits >= 7 && /^f(?:[cd]|e[89ab])/i.test(address);
