import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConsentPolicy } from "../../app/consent/types.ts";
import type { ConsentSignal } from "../../app/event-contract/consent-signal.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { decisionFor } from "../../app/pipeline/decide-events.ts";
import { eventFromCollectorPost, receiptFromCollectorPost } from "../../app/normalize/event-from-collector.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import type { NewEvent, Undecided } from "../../app/outbox/types.ts";
import type { ShopProfile } from "../../app/settings/types.ts";
import { anySale } from "../fixtures/orders/any-sale.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import type { Buyer, TrueSale } from "../fixtures/orders/true-sale.ts";

const RUNS = { numRuns: 2_000 };
const NOW = new Date("2026-11-20T16:00:00Z");
const shop = aShopDomain();
const profile: ShopProfile = {
  shop,
  ingestKey: "key",
  installed: true,
  settings: settingsWith({ purchaseTrigger: "placed" }),
  pixels: [
    {
      id: "d1",
      shop,
      metaPixelId: "1234567890",
      hasToken: true,
      testEventCode: null,
      state: "active",
      stateReason: null,
      countries: null,
      channels: null,
      eventsOff: [],
    },
  ],
};

const signalOf = (marketing: boolean) =>
  fc.record({ marketing: fc.constant(marketing), saleOfData: fc.boolean(), at: fc.integer({ min: 1, max: 9 }) });
const anyPolicy: fc.Arbitrary<ConsentPolicy | null> = fc.option(
  fc.record({
    readAt: fc.constant(1),
    regions: fc.dictionary(
      fc.constantFrom("US", "US-CA", "GB", "DE", "CA", "BR"),
      fc.record({ consentRequired: fc.option(fc.boolean()), saleOptOut: fc.option(fc.boolean()) }),
    ),
  }),
);
const optedOut = fc.constantFrom(true, false, "unknown" as const);
const request = { ip: "203.0.113.7", userAgent: "Mozilla/5.0", receivedAt: NOW };

const undecided = (event: NewEvent, signal: ConsentSignal | null): Undecided => ({
  ...event,
  eventName: event.body.event_name === "Purchase" ? "Purchase" : "ViewContent",
  eventId: event.body.event_id,
  receipt: signal === null ? null : receiptFromCollectorPost(aCollectorPost({ consent: signal }), request, shop),
  createdAt: NOW,
});

function purchaseOf(sale: TrueSale): NewEvent {
  const order = parseOrder(anOrderWebhook(sale));
  return order.ok ? purchaseFromOrder(order.value, { shop, settings: profile.settings }, NOW) : expect.unreachable();
}

// Mapped once: making orders is what takes the time here.
const ORDERS = fc.sample(anySale, RUNS.numRuns).map((sale) => ({ buyer: sale.buyer, event: purchaseOf(sale) }));
const anyPurchase = fc.constantFrom(...ORDERS.map(({ event }) => event));

describe("no consent, no output", () => {
  test("a browser's latest refusal applies, whatever the order, the policy and earlier consent say", () => {
    fc.assert(
      fc.property(
        anyPurchase,
        signalOf(false),
        fc.option(signalOf(true)),
        anyPolicy,
        optedOut,
        (purchase, no, yes, policy, out) => {
          const earlier = yes === null ? null : { ...yes, at: no.at - 1 };
          for (const [cart, checkout] of [
            [earlier, no],
            [no, earlier],
          ] as const) {
            const event = undecided({ ...purchase, signal: cart }, checkout);
            const moment = { now: NOW, policy, optedOut: out };
            expect(decisionFor(event, profile, moment)).toMatchObject({ kind: "withhold" });
          }
        },
      ),
      RUNS,
    );
  });

  test("without a signal an event is withheld if the shop's policy or the default list requires consent, or the region is unknown", () => {
    let sent = 0;
    fc.assert(
      fc.property(anyPurchase, anyPolicy, optedOut, (purchase, policy, out) => {
        const event = undecided(purchase, null);
        const decision = decisionFor(event, profile, { now: NOW, policy, optedOut: out });
        if (decision.kind !== "send") return;
        sent += 1;
        const { region } = event;
        const own = region === null ? undefined : (policy?.regions[region] ?? policy?.regions[region.slice(0, 2)]);
        expect(region).not.toBeNull();
        expect(own?.consentRequired).not.toBe(true);
        if (own?.consentRequired !== false) expect(["DE", "GB"]).not.toContain(region?.slice(0, 2));
      }),
      RUNS,
    );
    expect(sent).toBeGreaterThan(600);
  });

  test("a browser event without consent is withheld, and neither it nor its receipt contains personal data", () => {
    fc.assert(
      fc.property(signalOf(false), (consent) => {
        const post = aCollectorPost({ consent });
        const event = eventFromCollectorPost(post, request, { shop });
        expect(event.body.user_data).toEqual({});
        expect(JSON.stringify(event.body)).not.toMatch(/utm_|fbclid|fb\.1\.|203\.0\.113|Mozilla/);
        expect(decisionFor(undecided(event, null), profile, { now: NOW, policy: null, optedOut: false }).kind).toBe(
          "withhold",
        );
        expect(receiptFromCollectorPost(post, request, shop)).toMatchObject({
          fbp: null,
          fbc: null,
          ip: null,
          url: null,
        });
      }),
    );
  });
});

/** What people would recognise of themselves; a name of one letter says nothing by itself. */
const readable = ({ email, phone, firstName, lastName, city, zip }: Buyer): readonly string[] =>
  [email, phone, firstName, lastName, city, zip].filter((text) => text !== null).filter((text) => text.length > 3);

test("stored and sent data of any order contains no unhashed personal data", () => {
  const yes = { marketing: true, saleOfData: true, at: 1 };
  for (const { buyer, event } of ORDERS) {
    const decision = decisionFor(undecided(event, yes), profile, { now: NOW, policy: null, optedOut: false });
    // Not the digests themselves: their letters and figures may spell a short name or a postcode.
    const text = JSON.stringify([event, decision])
      .toLowerCase()
      .replaceAll(/\b[0-9a-f]{64}\b/g, "");
    for (const own of buyer === null ? [] : readable(buyer)) expect(text).not.toContain(own.toLowerCase());
  }
});
