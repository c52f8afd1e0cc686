import { expect, test } from "vitest";
import { cookieDomains, keepBrowserIds } from "../../app/browser/keep-browser-ids.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

test.each([
  ["oak-and-ash.myshopify.com", ["oak-and-ash.myshopify.com"]],
  ["oak-and-ash.co.uk", ["oak-and-ash.co.uk"]],
  ["www.oak-and-ash.co.uk", ["oak-and-ash.co.uk", "www.oak-and-ash.co.uk"]],
  ["shop.oak.com.au", ["oak.com.au", "shop.oak.com.au"]],
  ["oak.com.br", ["oak.com.br"]],
  ["oak.co.jp", ["oak.co.jp"]],
  ["oak.or.jp", ["oak.or.jp"]],
  ["oak.ne.jp", ["oak.ne.jp"]],
  ["oak.net.nz", ["oak.net.nz"]],
  ["oak.org.uk", ["oak.org.uk"]],
  // Names that look like a suffix and are somebody's own.
  ["www.oak.com", ["oak.com", "www.oak.com"]],
  ["www.hm.se", ["hm.se", "www.hm.se"]],
  ["co.de", ["co.de"]],
  ["www.orange.fr", ["orange.fr", "www.orange.fr"]],
  ["127.0.0.1", [""]],
  ["localhost", [""]],
])("on %s cookies are tried on %j, widest first, and on no public suffix", (host, domains) => {
  expect(cookieDomains(host)).toEqual(domains);
});

test.each(["oak.myshopify.com", "www.oak.co.uk", "oak.com.au"])(
  "a first visit to %s writes each cookie once",
  async (host) => {
    const cookies = new Map<string, string>();
    const written: string[] = [];
    const jar = {
      get: async (name: string) => cookies.get(name),
      set: async (cookie: string) => {
        const [, name = "", value = ""] = /^(\w+)=([^;]*)/.exec(cookie) ?? [];
        written.push(name);
        cookies.set(name, value);
      },
    };
    await keepBrowserIds(jar, { host, url: `https://${host}/?fbclid=IwAR0abc`, now: NOW, random: 0.5 });
    expect(written.sort()).toEqual(["_fbc", "_fbp"]);
  },
);
