// Addresses that name no visitor: private, loopback, link-local, carrier-grade NAT, multicast and reserved ranges
// (RFC 6890). Documentation ranges count as public: they reach nobody, but are addresses like any other.
const NOT_PUBLIC_V4: readonly RegExp[] = [
  /^(?:0|10|127)\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^(?:22[4-9]|2[3-5]\d)\./,
];
// Unique local, link-local, multicast, and everything outside the one block handed out for public use (2000::/3).
const PUBLIC_V6 = /^[23][0-9a-f]{3}:/;

const isV4 = (ip: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(ip) && ip.split(".").every((part) => Number(part) <= 255);

function isV6(ip: string): boolean {
  const halves = ip.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const isShort = halves.length === 2 && groups.length < 8;
  return (
    (isShort || (halves.length === 1 && groups.length === 8)) && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
  );
}

/** The visitor's address as Meta wants it, or null where it is none or belongs to no visitor. */
export function publicIp(text: string | null): string | null {
  if (text === null) return null;
  const ip = text
    .trim()
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "");
  if (isV4(ip)) return NOT_PUBLIC_V4.some((range) => range.test(ip)) ? null : ip;
  return isV6(ip) && PUBLIC_V6.test(ip) ? ip : null;
}

/** Meta prefers IPv6; among addresses of one family the first is taken. */
export function preferredIp(candidates: readonly (string | null)[]): string | null {
  const known = candidates.map(publicIp).filter((ip) => ip !== null);
  return known.find((ip) => ip.includes(":")) ?? known[0] ?? null;
}
