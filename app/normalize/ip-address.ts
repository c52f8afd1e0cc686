/** An address as 16-bit groups: two for IPv4, eight for IPv6. */
export type Groups = readonly number[];

// No leading zeros: some parsers read them as octal, others as decimal.
const V4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
// Azure Application Gateway and IIS write `IP:port` into X-Forwarded-For (learn.microsoft.com, "How an application
// gateway works", 2026-11). RFC 7239 puts an IPv6 address with a port into brackets.
const V4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/;
const V6_IN_BRACKETS = /^\[([^\][:\s]*:[^\][:\s]*:[^\][\s]*)\](?::\d{1,5})?$/;
const V6_WITH_V4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/;
const MAPPED: Groups = [0, 0, 0, 0, 0, 0xffff];

/** The groups of an address without a port; null for anything else. */
function groupsWithin(text: string): Groups | null {
  if (!text.includes(":")) return groupsOfV4(text);
  const [, head = "", tail = ""] = V6_WITH_V4.exec(text) ?? [];
  if (tail === "") return groupsOfV6(text);
  const last = groupsOfV4(tail);
  return last && groupsOfV6(head + last.map((group) => group.toString(16)).join(":"));
}

/**
 * The groups of an address; an IPv4-mapped IPv6 address, as dual-stack servers see IPv4 visitors, gives the IPv4
 * groups.
 */
export function groupsOf(text: string): Groups | null {
  const groups = groupsWithin(text);
  return groups?.length === 8 && MAPPED.every((group, at) => group === groups[at]) ? groups.slice(6) : groups;
}

/**
 * The bare address in lower case: without the port and brackets that some proxies add, and with an IPv4-mapped address
 * converted to IPv4. Text that is not an address is only lowercased.
 */
export function plainAddress(text: string): string {
  const written = text.trim().toLowerCase();
  const address = (V4_WITH_PORT.exec(written) ?? V6_IN_BRACKETS.exec(written))?.[1] ?? written;
  const groups = address.includes(":") ? groupsOf(address) : null;
  return groups?.length === 2 ? groups.flatMap((group) => [group >> 8, group & 255]).join(".") : address;
}

function groupsOfV4(text: string): Groups | null {
  const [a, b, c, d] = (V4.exec(text) ?? []).slice(1).map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return Math.max(a, b, c, d) > 255 ? null : [a * 256 + b, c * 256 + d];
}

function groupsOfV6(text: string): Groups | null {
  const [head = [], tail, more] = text.split("::").map((half) => (half === "" ? [] : half.split(":").map(hex)));
  if (more !== undefined) return null;
  const known = [...head, ...(tail ?? [])];
  const missing = 8 - known.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])];
  return groups.some(Number.isNaN) ? null : groups;
}

const hex = (group: string): number => (/^[0-9a-f]{1,4}$/.test(group) ? Number.parseInt(group, 16) : Number.NaN);
