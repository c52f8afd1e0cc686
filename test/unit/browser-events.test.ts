import { describe, expect, test } from "vitest";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { eventFromCollectorPost, receiptFromCollectorPost } from "../../app/normalize/event-from-collector.ts";
import { withReceipt } from "../../app/normalize/with-receipt.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { aShopDomain } from "../fixtures/orders/settings.ts";

const shop = aShopDomain();
const RECEIVED = new Date("2026-11-20T16:00:00Z");
const request = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 header", receivedAt: RECEIVED };
const received_s = RECEIVED.getTime() / 1000;

describe("a browser event's server leg", () => {
  test("from a bot is stored and withheld", () => {
    const robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    const visit = (post: Parameters<typeof aCollectorPost>[0], userAgent: string | null) =>
      eventFromCollectorPost(aCollectorPost(post), { ...request, userAgent }, { shop });

    expect(visit({ userAgent: robot }, null)).toMatchObject({ state: "withheld", reason: "bot" });
    expect(visit({ userAgent: null }, robot)).toMatchObject({ state: "withheld", reason: "bot" });
    expect(visit({}, null)).toMatchObject({ state: "joining", reason: null });
  });

  test("carries the hashes that the browser leg carries", () => {
    const em = "0a".repeat(32);

    expect(eventFromCollectorPost(aCollectorPost({ person: { em } }), request, { shop }).body.user_data.em).toEqual([
      em,
    ]);
  });

  test("is the browser's own event: its id, data, page, consent and settings version", () => {
    const post = aCollectorPost();
    const event = eventFromCollectorPost(post, request, { shop });
    expect(event).toEqual({
      shop,
      origin: "collector",
      body: {
        event_name: "ViewContent",
        event_id: post.id,
        event_time: received_s - 5,
        action_source: "website",
        event_source_url: post.url,
        referrer_url: post.referrer,
        user_data: {
          client_ip_address: "203.0.113.7",
          client_user_agent: post.userAgent,
          fbp: post.fbp,
          fbc: post.fbc,
        },
        custom_data: post.data,
      },
      settingsVersion: 3,
      orderId: post.orderId,
      checkoutToken: post.checkoutToken,
      region: null,
      state: "joining",
      reason: null,
      joinForMs: 0,
      signal: post.consent,
      browserLeg: { sent: true },
    });
  });

  test.each([
    ["a clock years behind", { at: 1_000, sentAt: 3_000 }, received_s - 2],
    ["a clock years ahead", { at: 4_000_000_000_000, sentAt: 4_000_000_010_000 }, received_s - 10],
    ["posted before it happened", { at: 5_000, sentAt: 1_000 }, received_s],
    ["kept for a month", { at: 0, sentAt: 30 * 86_400_000 }, received_s - 7 * 86_400],
  ])("is timed by the server's clock: %s", (_what, times, event_time) => {
    expect(eventFromCollectorPost(aCollectorPost(times), request, { shop }).body.event_time).toBe(event_time);
  });

  test("leaves out values that do not match Meta's format", () => {
    const post = aCollectorPost({ fbp: "fb.1.2.3", fbc: "IwAR0", userAgent: null, url: null, referrer: null });
    const { body } = eventFromCollectorPost(post, { ...request, ip: "::ffff:10.0.0.1" }, { shop });
    expect(body.user_data).toEqual({ client_user_agent: "Mozilla/5.0 header" });
    expect(body.event_source_url).toBe("https://tea.myshopify.com/");
    expect(body).not.toHaveProperty("referrer_url");
  });

  test("is never created for a Purchase, so that no sale can be injected through the collector", () => {
    expect(() => eventFromCollectorPost(aCollectorPost({ name: "Purchase" }), request, { shop })).toThrow(/Purchase/);
  });
});

describe("a purchase's receipt", () => {
  const receipt = receiptFromCollectorPost(aCollectorPost({ name: "Purchase" }), request, shop);
  const order: MetaEvent = {
    event_name: "Purchase",
    event_id: receipt.eventId ?? expect.unreachable("the receipt has an id"),
    event_time: received_s,
    action_source: "website",
    event_source_url: "https://tea.myshopify.com/",
    user_data: { em: ["hash"], client_ip_address: "198.51.100.9", client_user_agent: "from the order" },
    custom_data: { value: 25, currency: "USD" },
  };

  test("adds the browser's data to the order's event, and changes neither value nor identity", () => {
    expect(withReceipt(order, receipt)).toEqual({
      ...order,
      event_source_url: receipt.url,
      referrer_url: receipt.referrer,
      user_data: {
        em: ["hash"],
        client_ip_address: "203.0.113.7",
        client_user_agent: receipt.userAgent,
        fbp: receipt.fbp,
        fbc: receipt.fbc,
      },
    });
  });

  test("keeps the order's values if the browser reported none", () => {
    const silent = { ...receipt, ip: null, userAgent: null, url: null, referrer: null, fbp: null, fbc: null };
    expect(withReceipt(order, silent)).toEqual(order);
  });

  test("does not replace an IPv6 address with an IPv4 one", () => {
    const six = { ...order, user_data: { client_ip_address: "2001:db8::7" } };
    expect(withReceipt(six, receipt).user_data.client_ip_address).toBe("2001:db8::7");
    expect(withReceipt(order, { ...receipt, ip: "2001:db8::8" }).user_data.client_ip_address).toBe("2001:db8::8");
  });

  test("shows that an order of no known place was placed on the website", () => {
    const { event_source_url: _page, ...placeless } = order;
    const fromNowhere = { ...placeless, action_source: "other" as const };
    expect(withReceipt(fromNowhere, receipt)).toEqual(withReceipt(order, receipt));
  });

  test.each(["physical_store", "system_generated"] as const)(
    "adds no browser data to an event of %s",
    (action_source) => {
      const elsewhere = { ...order, action_source };
      expect(withReceipt(elsewhere, receipt)).toBe(elsewhere);
    },
  );
});
