import { eventId, orderId, shopDomain } from "../../../app/event-contract/event-id.ts";
import type { EventDetail, SetupFacts } from "../../../app/ledger/types.ts";
import { DEFAULT_SETTINGS } from "../../../app/settings/default-settings.ts";
import type { Pixel, ShopProfile } from "../../../app/settings/types.ts";

const some = <T>(value: T | null): T => {
  if (value === null) throw new Error("a sample is not valid");
  return value;
};

export const SHOP = some(shopDomain("sample-shop.myshopify.com"));
export const ORDER = some(orderId("6198424240428"));

export const aPixel = (change: Partial<Pixel> = {}): Pixel => ({
  id: "5f0c2a3e-0000-4000-8000-000000000001",
  shop: SHOP,
  metaPixelId: "1234567890123456",
  hasToken: true,
  testEventCode: null,
  state: "active",
  stateReason: null,
  countries: null,
  channels: null,
  eventsOff: [],
  ...change,
});

export const aProfile = (change: Partial<ShopProfile> = {}): ShopProfile => ({
  shop: SHOP,
  ingestKey: "sample-key",
  installed: true,
  settings: { shop: SHOP, version: 4, ...DEFAULT_SETTINGS },
  pixels: [aPixel()],
  ...change,
});

export const NOTHING_YET: SetupFacts = {
  pixelConnected: false,
  tokenValid: null,
  unconfirmedPixels: [],
  pixelsBeingChecked: [],
  installedAt: null,
  webPixelOn: false,
  webPixelInQuestion: false,
  embedSeenAt: null,
  firstBrowserEventAt: null,
  firstServerEventAt: null,
  firstPairAt: null,
  firstPurchaseAt: null,
  quarantined: 0,
  unknownAnswers: 0,
  otherSenders: [],
  refusedPosts: [],
};

/** Nobody asked for the items' costs. */
export const NO_COSTS = { problem: null, variants: 0, withCost: 0 } as const;

const AT = new Date("2026-11-23T14:00:00Z");

export const ALL_SEEN: SetupFacts = {
  pixelConnected: true,
  tokenValid: true,
  unconfirmedPixels: [],
  pixelsBeingChecked: [],
  installedAt: new Date("2026-10-01T08:00:00Z"),
  webPixelOn: true,
  webPixelInQuestion: false,
  embedSeenAt: AT,
  firstBrowserEventAt: AT,
  firstServerEventAt: AT,
  firstPairAt: AT,
  firstPurchaseAt: AT,
  quarantined: 0,
  unknownAnswers: 0,
  otherSenders: [],
  refusedPosts: [],
};

const data = {
  value: 99.8,
  currency: "EUR",
  content_ids: ["1", "2"],
  content_type: "product",
  contents: [
    { id: "1", quantity: 1, item_price: 49.9 },
    { id: "2", quantity: 2, item_price: 24.95 },
  ],
  num_items: 3,
  order_id: ORDER,
} as const;

/** A delivered Purchase whose legs agree. */
export const anEvent = (change: Partial<EventDetail> = {}): EventDetail => {
  const id = some(eventId(`purchase.sample-shop.${ORDER}`));
  return {
    shop: SHOP,
    eventName: "Purchase",
    eventId: id,
    eventTime: AT,
    orderId: ORDER,
    orderName: "#1012",
    actionSource: "website",
    isTest: false,
    state: "delivered",
    reason: null,
    heldBy: null,
    value: 99.8,
    currency: "EUR",
    browserLeg: "sent",
    legsAgree: true,
    origin: "webhook",
    settingsVersion: 4,
    netRevenue: null,
    createdAt: AT,
    server: {
      event_name: "Purchase",
      event_id: id,
      event_time: AT.getTime() / 1000,
      action_source: "website",
      event_source_url: "https://sample-shop.myshopify.com/",
      user_data: {
        em: ["a".repeat(64)],
        client_ip_address: "203.0.113.9",
        client_user_agent: "Mozilla/5.0 Sample",
        fbp: "fb.1.1700000000000.1234567890",
      },
      custom_data: data,
    },
    browser: { data, leg: { sent: true }, seenAt: AT },
    consent: {
      decision: "send",
      rule: "browser-granted",
      region: "DE",
      signal: { marketing: true, saleOfData: true, at: AT.getTime() },
      policy: null,
      decidedAt: AT.getTime(),
    },
    lateSignal: null,
    deliveries: [
      {
        metaPixelId: "1234567890123456",
        state: "delivered",
        reason: null,
        dueAt: AT,
        attempts: [
          {
            pixelId: "5f0c2a3e-0000-4000-8000-000000000001",
            shop: SHOP,
            startedAt: AT,
            durationMs: 120,
            events: 1,
            httpStatus: 200,
            verdict: "accepted",
            code: null,
            subcode: null,
            message: null,
            traceId: "A0b1C2d3",
          },
        ],
      },
    ],
    ...change,
  };
};
