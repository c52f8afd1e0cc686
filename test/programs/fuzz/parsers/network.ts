import Fastify from "fastify";
import fc from "fast-check";
import { TrustProxy } from "../../../../app/env/trust-proxy.server.ts";
import { plainAddress } from "../../../../app/normalize/ip-address.ts";
import { preferredIp, publicIp } from "../../../../app/normalize/public-ip.ts";
import { networkOf } from "../../../../app/server/http/token-buckets.ts";
import { textLike } from "../hostile-text.ts";
import { expectSame, expectStorable, expectThat } from "../invariants.ts";
import { fuzzed } from "../of-inputs.ts";

const PROXIES = ["1", "false", "10.0.0.0/8, 192.168.0.1", "fd00::/8", "::ffff:10.0.0.1/104", "127.0.0.1"] as const;

export const trustedProxies = fuzzed("TRUST_PROXY", textLike(...PROXIES), (text) => {
  const read = TrustProxy.safeParse(text);
  if (!read.success || !Array.isArray(read.data)) return;
  // Throws where the server would not start.
  void Fastify({ trustProxy: read.data });
});

const ADDRESSES = [
  "203.0.113.7",
  "203.0.113.7:51234",
  "[2001:db8::1]:443",
  "2a00:1450::1",
  "::ffff:203.0.113.7",
  "::ffff:cb00:7107",
] as const;
const list = fc.array(textLike(...ADDRESSES), { maxLength: 4 });

export const forwardedAddresses = fuzzed("X-Forwarded-For", list, (addresses) => {
  for (const text of addresses) {
    const plain = plainAddress(text);
    expectSame(plainAddress(plain), plain, "a plain address stays as it is");
    const ip = publicIp(text);
    expectThat(ip === null || /^[\da-f.:]{2,45}$/.test(ip), "an address is digits, dots and colons");
    if (ip !== null) expectSame(publicIp(ip), ip, "a public address stays one");
    networkOf(text);
  }
  expectStorable(preferredIp(addresses));
});
