import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clickId, keepBrowserIds } from "../../app/browser/keep-browser-ids.ts";
import { browserUserData } from "../../app/normalize/browser-context.ts";
import { preferredIp, publicIp } from "../../app/normalize/public-ip.ts";

describe("an IP address that identifies no visitor is not sent", () => {
  test.each([
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.9",
    "127.0.0.1",
    "0.0.0.0",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.1.1",
    "192.0.0.8",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "64:ff9b::808:808",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2002:a00:1::",
    "5f00::1",
  ])("%s is private, local or reserved", (ip) => {
    expect(publicIp(ip)).toBeNull();
  });

  test.each(["23.227.38.74", "23.227.63.255", "185.146.172.1", "2620:127:f00f:e::"])(
    "%s is a server of Shopify",
    (ip) => {
      expect(publicIp(ip)).toBeNull();
    },
  );

  test.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.256",
    "010.1.1.1",
    "1.2.3.4:",
    "[2a00::1",
    "::ffff:7f00:1",
    "[::ffff:a00:1]:80",
    "1.2.3.4, 5.6.7.8",
    "2a00::1::2",
    "2a00:1",
    ":::",
    "2a00::12345",
    "fe80::1%eth0",
  ])("%j is no address", (ip) => {
    expect(publicIp(ip)).toBeNull();
  });

  test.each([
    ["8.8.8.8", "8.8.8.8"],
    ["172.15.0.1", "172.15.0.1"],
    ["100.128.0.1", "100.128.0.1"],
    [" 203.0.113.7 ", "203.0.113.7"],
    ["::ffff:8.8.8.8", "8.8.8.8"],
    ["::FFFF:808:808", "8.8.8.8"],
    ["0:0:0:0:0:ffff:808:808", "8.8.8.8"],
    ["8.8.8.8:50123", "8.8.8.8"],
    ["[2a00::1]:50123", "2a00::1"],
    ["[2a00::1]", "2a00::1"],
    ["[::ffff:8.8.8.8]:50123", "8.8.8.8"],
    ["2A00:1450:4001:80B::200E", "2a00:1450:4001:80b::200e"],
    ["2001:4860:4860::8888", "2001:4860:4860::8888"],
    ["2a00:1450:4001:80b:0:0:0:200e", "2a00:1450:4001:80b:0:0:0:200e"],
  ])("%s is a visitor's", (text, ip) => {
    expect(publicIp(text)).toBe(ip);
  });

  test("IPv6 is preferred to IPv4, and a public address to a private one", () => {
    expect(preferredIp([null, "8.8.8.8", "10.0.0.1", "2a00::1", "2a00::2"])).toBe("2a00::1");
    expect(preferredIp(["10.0.0.1", "8.8.8.8", "9.9.9.9"])).toBe("8.8.8.8");
    expect(preferredIp(["10.0.0.1", null])).toBeNull();
  });

  test("every accepted address is valid in Node", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.]{1,40}$/)), (text) => {
        const ip = publicIp(text);
        if (ip !== null) expect(isIP(ip)).not.toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});

const CLICKED_MS = 1_763_000_000_000;
const at = (days: number): number => CLICKED_MS / 1000 + days * 86_400;
const visitor = { ips: ["203.0.113.7"], userAgent: "Mozilla/5.0", fbp: null, fbc: null, at_s: at(1) };

describe("Meta's cookies are sent unchanged, or not at all", () => {
  test.each([
    ["as fbevents writes it", `fb.1.${CLICKED_MS}.IwAR0_aB-c`],
    ["of a shop below .co.uk", `fb.2.${CLICKED_MS}.IwAR0_aB-c`],
    ["with full stops in the click", `fb.1.${CLICKED_MS}.Iw__DOT__AR`],
    ["with the appendix of Meta's library", `fb.1.${CLICKED_MS}.IwAR0.AQQCAQMC`],
    ["with the older appendix", `fb.1.${CLICKED_MS}.IwAR0.BA`],
    ["with two click ids", `fb.1.${CLICKED_MS}.IwAR0_aem_Xy-z`],
    ["of five hundred characters", `fb.1.${CLICKED_MS}.${"x".repeat(499)}__DOT__`],
  ])("fbc %s", (_what, fbc) => {
    expect(browserUserData({ ...visitor, fbc })).toMatchObject({ fbc });
  });

  test.each([
    ["of more than five hundred characters", `fb.1.${CLICKED_MS}.${"x".repeat(501)}`],
    ["in seconds", `fb.1.${CLICKED_MS / 1000}.IwAR0`],
    ["without a click", `fb.1.${CLICKED_MS}.`],
    ["that is a bare click id", "IwAR0_aB-c"],
    ["with an appendix that is none of Meta's", `fb.1.${CLICKED_MS}.IwAR0.AB`],
    ["with an appendix of another length", `fb.1.${CLICKED_MS}.IwAR0.AQQCA`],
    ["with too many parts", `fb.1.${CLICKED_MS}.Iw.AR.x.AQQCAQMC`],
  ])("no fbc %s", (_what, fbc) => {
    expect(browserUserData({ ...visitor, fbc })).not.toHaveProperty("fbc");
  });

  test("a click counts for ninety days, the browser ID without a limit", () => {
    const old = { ...visitor, fbc: `fb.1.${CLICKED_MS}.IwAR0`, fbp: `fb.1.${CLICKED_MS}.1234567890` };
    expect(browserUserData({ ...old, at_s: at(90) })).toMatchObject({ fbc: old.fbc, fbp: old.fbp });
    const later = browserUserData({ ...old, at_s: at(91) });
    expect(later).toMatchObject({ fbp: old.fbp });
    expect(later).not.toHaveProperty("fbc");
  });

  test.each(["Ruby", "python-requests/2.32", "Go-http-client/2.0", "axios/1.7", "Shopify-Captain-Hook", "curl/8.0"])(
    "with %s as its browser an order was placed by a server, whose address nobody wants",
    (userAgent) => {
      expect(browserUserData({ ...visitor, userAgent })).toEqual({});
    },
  );

  test.each(["Mozilla/5.0 (iPhone)", "okhttp/4.12", "Dart/3.5", "MyShop/1 CFNetwork/1568", "Opera/9.80"])(
    "%s runs where the buyer is",
    (userAgent) => {
      expect(browserUserData({ ...visitor, userAgent })).toEqual({
        client_ip_address: "203.0.113.7",
        client_user_agent: userAgent,
      });
    },
  );
});

describe("in the browser", () => {
  const jarWith = (cookies: Record<string, string>, refused: readonly string[] = []) => ({
    get: (name: string) => Promise.resolve(cookies[name]),
    set: (cookie: string) => {
      const [, name = "", value = "", domain = ""] = /^(\w+)=([^;]*);(?:.*domain=\.([^;]*))?/.exec(cookie) ?? [];
      if (!refused.includes(domain)) cookies[name] = value;
      return Promise.resolve();
    },
  });
  const visit = { host: "tea.example.co.uk", url: "https://tea.example.co.uk/", now: CLICKED_MS, random: 0.5 };

  test("the index counts the dots of the widest domain on which the browser accepts the cookie", async () => {
    const ids = await keepBrowserIds(jarWith({}, ["co.uk"]), { ...visit, url: `${visit.url}?fbclid=Click.1` });
    expect(ids.fbp).toMatch(/^fb\.2\.\d{13}\.\d+$/);
    expect(ids.fbc).toBe(`fb.2.${CLICKED_MS}.Click__DOT__1`);
  });

  test.each([
    ["of an address in figures", "203.0.113.7", "fb.0."],
    ["of a name without dots", "localhost", "fb.0."],
    ["of a shop's own name at Shopify", "tea.myshopify.com", "fb.2."],
  ])("the cookie %s sits on the host alone, and says so", async (_whose, host, start) => {
    const tried: string[] = [];
    const jar = jarWith({});
    const set = (cookie: string) => {
      tried.push(cookie);
      return jar.set(cookie);
    };
    await keepBrowserIds({ ...jar, set }, { ...visit, host });

    const domains = host.startsWith("tea") ? [`.${host}`] : [undefined];
    expect(tried.map((cookie) => /domain=([^;]*)/.exec(cookie)?.[1])).toEqual(domains);
    expect(tried[0]).toContain(`_fbp=${start}${CLICKED_MS}.`);
  });

  test("a click keeps its own time stamp, and an expired one is not used", async () => {
    const clicked = CLICKED_MS - 89 * 86_400_000;
    const kept = await keepBrowserIds(jarWith({ _fbc: `fb.2.${clicked}.Click` }), {
      ...visit,
      url: "https://a.example/?fbclid=Click",
    });
    expect(kept.fbc).toBe(`fb.2.${clicked}.Click`);
    const old = await keepBrowserIds(jarWith({ _fbc: `fb.2.${CLICKED_MS - 91 * 86_400_000}.Click` }), visit);
    expect(old.fbc).toBeNull();
  });

  test.each([
    ["https://a.example/?fbclid=IwAR0_aB%2Fc+d&utm_source=x#top", "IwAR0_aB%2Fc+d"],
    ["https://a.example/?a=1&fbclid=Ab.c", "Ab__DOT__c"],
    ["https://a.example/?xfbclid=1", null],
    ["https://a.example/#/?fbclid=Ab", null],
    ["https://a.example/?a=1#fbclid=Ab&fbclid=Cd", null],
    ["https://a.example/a&fbclid=Ab", null],
    ["https://a.example/?fbclid=Ab&fbclid=Cd", "Ab"],
    ["https://a.example/?fbclid=", null],
    ["https://a.example/?fbclid=cut;here", null],
    [`https://a.example/?fbclid=${"x".repeat(500)}`, "x".repeat(500)],
    [`https://a.example/?fbclid=${"x".repeat(501)}`, null],
  ])("the click of %.60s is %.20s", (url, click) => {
    expect(clickId(url)).toBe(click);
  });
});
