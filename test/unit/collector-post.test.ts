import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CART_ATTRIBUTES, readCartAttributes } from "../../app/event-contract/cart-attributes.ts";
import { parseCollectorPost } from "../../app/event-contract/parse-collector-post.ts";
import { parsePublishedSettings } from "../../app/event-contract/published-settings.ts";
import type { CollectorPost } from "../../app/event-contract/wire.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";

describe("a post to the collector", () => {
  test("is read as written", () => {
    const post = aCollectorPost();
    expect(parseCollectorPost(JSON.stringify(post))).toEqual({ ok: true, post });
  });

  test("may lack browser data", () => {
    const post = aCollectorPost({
      url: null,
      referrer: null,
      userAgent: null,
      fbp: null,
      fbc: null,
      checkoutToken: null,
      orderId: null,
    });
    expect(parseCollectorPost(JSON.stringify(post))).toEqual({ ok: true, post });
  });

  test("may describe a customer by hashes only", () => {
    const em = "0a".repeat(32);
    const parsed = parseCollectorPost(JSON.stringify(aCollectorPost({ person: { em } })));

    expect(parsed).toMatchObject({ ok: true, post: { person: { em } } });
    expect(parseCollectorPost(JSON.stringify({ ...aCollectorPost(), person: { em: "ada@example.com" } }))).toEqual({
      ok: false,
      because: "wrong-field",
      problem: "person: missing or not of the expected form",
    });
  });

  test("keeps what can be kept of a form, and loses no lead to a link or to a field", () => {
    const formOf = (form: unknown) => {
      const parsed = parseCollectorPost(JSON.stringify({ ...aCollectorPost(), form }));
      return parsed.ok ? parsed.post.form : parsed.problem;
    };
    const kept = { utm_source: "<b>meta</b>", fbclid: "x".repeat(500) };
    expect(formOf({ reference: "deal-7", campaign: kept })).toEqual({ reference: "deal-7", campaign: kept });
    expect(
      formOf({
        reference: "x".repeat(201),
        campaign: {
          ...kept,
          utm_term: "y".repeat(501),
          utm_content: "nul\u0000",
          utm_id: 7,
          utm_email: "ada%2540example.com",
          gclid: "other",
        },
      }),
    ).toEqual({ campaign: kept });
    expect(formOf({ reference: 7, campaign: [] })).toEqual({});
    expect(formOf(null)).toBeNull();
    expect(formOf("deal-7")).toMatch(/^form: /);
  });

  test("about a checkout may be as long as a browser can send; any other is short", () => {
    const content_ids = Array.from({ length: 400 }, (_, n) => `a-long-id-of-${String(n)}`.padEnd(100, "x"));
    const ofName = (name: CollectorPost["name"]) =>
      parseCollectorPost(
        JSON.stringify(aCollectorPost({ name, data: {} })).replace("{}", JSON.stringify({ content_ids })),
      );

    for (const name of ["Purchase", "InitiateCheckout", "AddPaymentInfo"] as const) expect(ofName(name).ok).toBe(true);
    expect(ofName("ViewContent")).toMatchObject({ ok: false, because: "too-long" });
  });

  test("drops unknown keys", () => {
    const text = JSON.stringify({ ...aCollectorPost(), admin: true, data: { value: 1, secret: "x" } });
    expect(parseCollectorPost(text)).toEqual({ ok: true, post: aCollectorPost({ data: { value: 1 } }) });
  });

  test.each([
    ["name", "purchase"],
    ["name", undefined],
    ["id", "with space"],
    ["id", 7],
    ["at", "1"],
    ["at", -1],
    ["sentAt", null],
    ["url", 7],
    ["userAgent", "x".repeat(2000)],
    ["consent", null],
    ["consent", { marketing: "yes", saleOfData: true, at: 1 }],
    ["consent", { marketing: true }],
    ["settingsVersion", 1.5],
    ["leg", { sent: "true" }],
    ["leg", { sent: false }],
    ["leg", { sent: false, because: "i-say-so" }],
    ["checkoutToken", "../x"],
    ["orderId", "abc"],
    ["data", null],
    ["data", { value: "12" }],
    ["data", { value: -1 }],
    ["data", { currency: "US" }],
    ["data", { content_ids: [1] }],
    ["data", { content_ids: Array.from({ length: 501 }, () => "1") }],
    ["data", { contents: [{ id: "1", quantity: 1 }] }],
    ["data", { contents: [{ id: "1", quantity: -1, item_price: 1 }] }],
    ["data", { content_type: "home" }],
    ["data", { num_items: 1.5 }],
  ])("whose %s is %j is refused, and the problem names the field", (key, value) => {
    const parsed = parseCollectorPost(JSON.stringify({ ...aCollectorPost(), [key]: value }));
    expect(parsed.ok ? "" : parsed.problem).toMatch(new RegExp(`^${key}: `));
  });

  test("may lack an ID only as a Purchase's receipt", () => {
    expect(parseCollectorPost(JSON.stringify(aCollectorPost({ name: "Purchase", id: null })))).toMatchObject({
      ok: true,
    });
    expect(parseCollectorPost(JSON.stringify(aCollectorPost({ name: "PageView", id: null })))).toMatchObject({
      ok: false,
    });
  });

  test("has its URLs filtered again, whatever wrote it", () => {
    const parsed = parseCollectorPost(
      JSON.stringify({ ...aCollectorPost(), url: "https://tea.example.com/a?email=ada@example.com#x" }),
    );
    expect(parsed).toMatchObject({ ok: true, post: { url: "https://tea.example.com/a" } });
  });

  test.each(["", "null", "[]", "{", "7", '"text"', `{"name":"${"x".repeat(17_000)}"}`])(
    "that is %s is refused without an exception",
    (text) => {
      expect(parseCollectorPost(text)).toMatchObject({ ok: false });
    },
  );

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ name: fc.constant("PageView"), data: fc.anything() }).map((x) => String(JSON.stringify(x))),
        ),
        (text) => {
          expect(parseCollectorPost(text).ok).toBe(false);
        },
      ),
    );
  });
});

describe("published settings", () => {
  const published = publishedSettings;

  test("are read as written", () => {
    expect(parsePublishedSettings(JSON.stringify(published()))).toEqual(published());
  });

  test("of a shop without a pixel or a catalog country are settings too", () => {
    const bare = { ...published(), pixels: [], contentCountry: "" };
    expect(parsePublishedSettings(JSON.stringify(bare))).toEqual(bare);
  });

  test.each([undefined, 1, 3, "2"])("of another format (%j) are rejected", (format) => {
    expect(parsePublishedSettings(JSON.stringify({ ...published(), format }))).toBeNull();
  });

  test.each([undefined, null, "", "{", "[]", 7])("%j is rejected", (text) => {
    expect(parsePublishedSettings(text)).toBeNull();
  });
});

describe("cart attributes", () => {
  test("carry browser ID, click ID and consent to the order", () => {
    const consent = { marketing: true, saleOfData: false, at: 1_763_000_000_000 };
    const attributes = {
      [CART_ATTRIBUTES.fbp]: "fb.1.1763000000000.1234567890",
      [CART_ATTRIBUTES.fbc]: "fb.1.1795000000000.IwAR0_aBc-D",
      [CART_ATTRIBUTES.consent]: JSON.stringify(consent),
      gift: "yes",
    };
    expect(readCartAttributes(attributes)).toEqual({
      fbp: "fb.1.1763000000000.1234567890",
      fbc: "fb.1.1795000000000.IwAR0_aBc-D",
      consent,
    });
  });

  test("in another format are absent, and no consent is inferred from them", () => {
    const attributes = {
      [CART_ATTRIBUTES.fbp]: "GA1.2.3",
      [CART_ATTRIBUTES.fbc]: "fb.1.1763000000.seconds",
      [CART_ATTRIBUTES.consent]: "true",
    };
    expect(readCartAttributes(attributes)).toEqual({ fbp: null, fbc: null, consent: null });
    expect(readCartAttributes({})).toEqual({ fbp: null, fbc: null, consent: null });
  });
});
