import fc from "fast-check";
import { clickId, idsOf, keepBrowserIds } from "../../../../app/browser/keep-browser-ids.ts";
import { CART_ATTRIBUTES, readCartAttributes } from "../../../../app/event-contract/cart-attributes.ts";
import { parseConsentSignal } from "../../../../app/event-contract/consent-signal.ts";
import { metaCookie } from "../../../../app/event-contract/meta-cookies.ts";
import { parseCollectorPost, parseEventsPost } from "../../../../app/event-contract/parse-collector-post.ts";
import { parseSendersPost } from "../../../../app/event-contract/parse-senders-post.ts";
import { sourceUrl } from "../../../../app/event-contract/source-url.ts";
import { MOST_EVENTS } from "../../../../app/event-contract/wire.ts";
import { usableClick } from "../../../../app/normalize/browser-context.ts";
import { eventFromCollectorPost, receiptFromCollectorPost } from "../../../../app/normalize/event-from-collector.ts";
import { aCollectorPost } from "../../../fixtures/orders/collector-post.ts";
import { aShopDomain } from "../../../fixtures/orders/settings.ts";
import { jsonLike, valueLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectStorable, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";

const VIEW = JSON.stringify(aCollectorPost());
const RECEIPT = JSON.stringify(
  aCollectorPost({
    name: "Purchase",
    id: null,
    leg: { sent: false, because: "no-order-id", to: ["1234567890123456"] },
    person: { em: "0a".repeat(32) },
  }),
);
const NOW = new Date("2026-11-23T12:00:00Z");
const REQUEST = { ip: "203.0.113.7", userAgent: "Mozilla/5.0", receivedAt: NOW };

export const collectorPosts = fuzzed("collector post", jsonLike(VIEW, RECEIPT), (body) => {
  const parsed = parseCollectorPost(body);
  if (!parsed.ok) return expectStorable(parsed.problem);
  const { post } = parsed;
  expectStorable(post, "the post");
  for (const at of [post.at, post.sentAt, post.consent.at]) {
    expectThat(!Number.isNaN(new Date(at).getTime()), "a post's times exist");
  }
  const text = JSON.stringify(post);
  expectSame(
    JSON.stringify(parseCollectorPost(text)),
    JSON.stringify(parsed),
    "what was read is read again as the same",
  );
  const shop = aShopDomain();
  expectStorable(receiptFromCollectorPost(post, REQUEST, shop), "the receipt");
  if (post.name !== "Purchase") expectStorable(eventFromCollectorPost(post, REQUEST, { shop }), "the event");
});

const { name, id, at, leg, data, ...SHARED } = aCollectorPost();
const MOMENT = JSON.stringify({
  ...SHARED,
  events: [
    { name: "PageView", id: "page-1", at, leg, data: {} },
    { name, id, at, leg, data },
    { name: "Purchase", id: null, at, leg, data, orderId: null, consent: { marketing: false, saleOfData: true, at } },
  ],
});

export const eventsPosts = fuzzed("post of several events", jsonLike(MOMENT, VIEW), (body) => {
  const read = parseEventsPost(body);
  expectThat(read.length > 0 && read.length <= MOST_EVENTS, "a post has one answer an event, and few");
  for (const parsed of read) {
    if (!parsed.ok) {
      expectStorable(parsed.problem);
      continue;
    }
    expectStorable(parsed.post, "the post");
    expectSame(
      JSON.stringify(parseEventsPost(JSON.stringify(parsed.post))),
      JSON.stringify([parsed]),
      "an event read of several is read alone as the same",
    );
  }
});

const SENDERS = JSON.stringify({ senders: [{ pixelId: "1234567890123456", sender: "theme-code" }] });

export const sendersPosts = fuzzed("senders post", jsonLike(SENDERS), (body) => {
  const senders = parseSendersPost(body);
  expectThat((senders?.length ?? 0) <= 50, "no post names more senders than are kept");
  for (const { metaPixelId, sender } of senders ?? []) {
    expectThat(/^\d{1,20}$/.test(metaPixelId), "a pixel's id is digits");
    expectStorable(sender);
  }
});

const SIGNAL = '{"marketing":true,"saleOfData":false,"at":1763649000000}';

export const consentSignals = fuzzed("consent signal", fc.oneof(jsonLike(SIGNAL), valueLike(SIGNAL)), (value) => {
  const signal = parseConsentSignal(value);
  if (!signal) return;
  expectThat(!Number.isNaN(new Date(signal.at).getTime()), "the signal's time exists");
  expectSame(parseConsentSignal(JSON.stringify(signal)), { ...signal, at: signal.at + 0 }, "a signal is read again");
});

const COOKIES = [
  "fb.1.1763000000000.1234567890",
  "fb.1.1795000000000.IwAR0_aBc-D",
  "fb.2.1763000000000.a__DOT__b.AQQBAQIA",
] as const;

export const cartAttributes = fuzzed(
  "cart attributes",
  fc.record({ fbp: textLike(...COOKIES), fbc: textLike(...COOKIES), consent: jsonLike(SIGNAL) }),
  ({ fbp, fbc, consent }) => {
    const { fbp: browser, fbc: click } = readCartAttributes({
      [CART_ATTRIBUTES.fbp]: fbp,
      [CART_ATTRIBUTES.fbc]: fbc,
      [CART_ATTRIBUTES.consent]: consent,
    });
    for (const id of [browser, click]) expectThat(id === null || metaCookie(id) === id, "an id is a cookie of Meta's");
  },
);

export const metaCookies = fuzzed(
  "_fbp and _fbc",
  fc.tuple(textLike(...COOKIES), textLike(...COOKIES)),
  ([fbp, fbc]) => {
    const now = NOW.getTime();
    const ids = idsOf(fbp, fbc, now);
    expectSame(idsOf(ids.fbp, ids.fbc, now), ids, "ids are read again as the same");
    const click = usableClick(fbc, now / 1000);
    expectThat(click === null || click === fbc, "a click is sent letter for letter, or not at all");
    for (const id of [ids.fbp, ids.fbc, click]) {
      expectThat(id === null || !/[\s;]/.test(id), "an id fits into a cookie");
    }
  },
);

const ADDRESSES = [
  "https://oak-and-ash.com/products/oak-bowl?utm_source=ig&fbclid=IwAR0_aBc-D.x&email=ada%40example.com#reviews",
  "https://user:pass@tea.myshopify.com/checkouts/cn/c1-f3b9d2/thank-you?key=secret",
  "http://tea.example.com/de-at/account/orders/0a1b2c3d?utm_campaign=%40x",
] as const;

export const sourceUrls = fuzzed("source URL", textLike(...ADDRESSES), (raw) => {
  const url = sourceUrl(raw);
  if (url === null) return;
  expectThat(/^https?:\/\/[^/?#@\s]+/.test(url), "a source URL is an http(s) address without credentials");
  expectThat(!url.includes("#"), "a source URL has no fragment");
  expectThat(!/[\s\0-\x1f]/.test(url), "a source URL is written without white space and control characters");
  expectSame(sourceUrl(url), url, "what was filtered is filtered again as the same");
});

// No name in the domain name system is longer (RFC 1035).
const hosts = textLike("oak-and-ash.com", "tea.myshopify.com", "a.b.co.uk", "127.0.0.1").map((host) =>
  host.slice(0, 253),
);

export const clickIds = fuzzedAsync(
  "fbclid",
  fc.tuple(textLike(...ADDRESSES), hosts, hostileText),
  async ([url, host, held]) => {
    const click = clickId(url);
    expectThat(click === null || /^[^&#;,\s.]+$/.test(click), "a click id fits into a cookie");
    let cookie = held;
    const jar = {
      get: () => Promise.resolve(cookie),
      set: (text: string) => Promise.resolve((cookie = text.slice(text.indexOf("=") + 1).split(";")[0] ?? "")),
    };
    const ids = await keepBrowserIds(jar, { host, url, now: NOW.getTime(), random: 0.5 });
    for (const id of [ids.fbp, ids.fbc]) expectThat(id === null || metaCookie(id) === id, "what is kept is Meta's");
  },
);
