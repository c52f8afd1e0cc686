import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_NAMES, type EventName, isBrowserEventName } from "../../app/event-contract/event-name.ts";
import { eventId } from "../../app/event-contract/event-id.ts";
import type { ActionSource } from "../../app/event-contract/meta-event.ts";
import { routedLeg } from "../../app/event-contract/pixel-routing.ts";
import type { BrowserLeg } from "../../app/event-contract/wire.ts";
import { renamed, routeOf } from "../../app/pipeline/route-event.ts";
import type { Undecided } from "../../app/outbox/types.ts";
import { SALES_CHANNELS } from "../../app/settings/pixel-filter.ts";
import { DEFAULT_MAPPING } from "../../app/settings/event-mapping.ts";
import { parseEventMapping } from "../../app/settings/parse-event-mapping.ts";
import { publishedSettingsOf } from "../../app/settings/published-settings-of.ts";
import type { Pixel, EventMapping, ShopProfile } from "../../app/settings/types.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";

const SHOP = aShopDomain();
const ID = eventId("purchase.tea.1");
if (ID === null) throw new Error("not an event id");
const NO_LIMITS = { countries: null, channels: null, eventsOff: [] };

const aPixel = (id: string, limits: Partial<Pixel> = {}): Pixel => ({
  id: `pixel-${id}`,
  shop: SHOP,
  metaPixelId: id,
  hasToken: true,
  testEventCode: null,
  state: "active",
  stateReason: null,
  ...NO_LIMITS,
  ...limits,
});

function profileWith(pixels: readonly Pixel[], mapping: EventMapping = DEFAULT_MAPPING): ShopProfile {
  return { shop: SHOP, ingestKey: "key", installed: true, settings: settingsWith({ mapping }), pixels };
}

function mappingOf(input: Readonly<Record<string, string>>): EventMapping {
  const parsed = parseEventMapping(input, DEFAULT_MAPPING);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

type Happening = {
  readonly action?: EventName;
  readonly region?: string | null;
  readonly source?: ActionSource;
  readonly browserLeg?: BrowserLeg | null;
};

const happened = ({ action = "Purchase", region = "DE", source = "website", browserLeg = null }: Happening = {}) =>
  ({
    shop: SHOP,
    eventName: action,
    eventId: ID,
    orderId: null,
    body: {
      event_name: action,
      event_id: ID,
      event_time: 1_763_650_000,
      action_source: source,
      user_data: {},
      custom_data: {},
    },
    origin: "webhook",
    region,
    signal: null,
    receipt: null,
    browserLeg,
    createdAt: new Date("2026-11-20T16:00:00Z"),
  }) satisfies Undecided;

const GERMAN = aPixel("111111", { countries: ["DE", "AT"] });
const WORLD = aPixel("222222");
const NO_VIEWS = aPixel("333333", { eventsOff: ["PageView", "ViewContent"] });
const TILL = aPixel("444444", { channels: ["pos"] });

/** The pixels that the server's leg of this goes to, or why it goes nowhere. */
const destined = (event: Undecided, ...pixels: readonly Pixel[]) => {
  const route = routeOf(event, profileWith(pixels));
  return route.kind === "to" ? route.to : route.reason;
};

test("a test event goes to the pixels with a test event code, and to no other", () => {
  const event = { ...happened(), isTest: true };
  const coded = aPixel("2", { testEventCode: "TEST1" });
  expect(routeOf(event, profileWith([aPixel("1"), coded]))).toMatchObject({ kind: "to", to: ["pixel-2"] });
  expect(routeOf(event, profileWith([aPixel("1")]))).toEqual({ kind: "nowhere", reason: "test-order" });
  for (const unable of [{ state: "paused" }, { hasToken: false }] as const) {
    const route = routeOf(event, profileWith([aPixel("1"), { ...coded, ...unable }]));
    expect(route).toEqual({ kind: "nowhere", reason: "test-order" });
  }
  const limited = aPixel("2", { testEventCode: "TEST1", countries: ["FR"] });
  expect(routeOf(event, profileWith([aPixel("1"), limited]))).toEqual({ kind: "nowhere", reason: "not-routed" });
  const browserLeg: BrowserLeg = { sent: true, to: ["1", "2"] };
  expect(routeOf({ ...happened({ browserLeg }), isTest: true }, profileWith([aPixel("1"), coded]))).toMatchObject({
    to: ["pixel-2"],
  });
});

test("a real event goes to every pixel, also to one with a test event code", () => {
  const coded = aPixel("2", { testEventCode: "TEST1" });
  expect(routeOf(happened(), profileWith([aPixel("1"), coded]))).toMatchObject({ to: ["pixel-1", "pixel-2"] });
});

describe("an order that no browser reported goes to the pixels", () => {
  test("of the buyer's country and of every country", () => {
    expect(destined(happened({ region: "AT" }), GERMAN, WORLD)).toEqual([GERMAN.id, WORLD.id]);
    expect(destined(happened({ region: "US-CA" }), GERMAN, WORLD)).toEqual([WORLD.id]);
    expect(destined(happened({ region: null }), GERMAN, WORLD)).toEqual([WORLD.id]);
  });

  test("that take its sales channel", () => {
    expect(destined(happened({ source: "physical_store" }), TILL)).toEqual([TILL.id]);
    expect(destined(happened(), TILL, WORLD)).toEqual([WORLD.id]);
    expect(destined(happened({ source: "system_generated" }), aPixel("5", { channels: ["renewals"] }))).toHaveLength(1);
    expect(destined(happened({ source: "other" }), aPixel("6", { channels: ["other"] }))).toHaveLength(1);
  });

  test("that take this event", () => {
    expect(destined(happened({ action: "ViewContent" }), NO_VIEWS, WORLD)).toEqual([WORLD.id]);
    expect(destined(happened(), NO_VIEWS)).toEqual([NO_VIEWS.id]);
  });

  test("and is withheld with a reason if there is none", () => {
    expect(destined(happened({ region: "US" }), GERMAN, TILL)).toBe("not-routed");
    expect(destined(happened())).toBe("no-pixel");
    expect(destined(happened(), aPixel("7", { state: "paused" }))).toBe("pixel-paused");
    expect(destined(happened(), aPixel("8", { hasToken: false }))).toBe("no-token");
  });
});

describe("an event that a browser reported", () => {
  const toGermany: BrowserLeg = { sent: true, as: "Purchase", to: [GERMAN.metaPixelId] };

  test("goes to the same pixels as the browser leg, wherever the order is shipped", () => {
    expect(destined(happened({ region: "US", browserLeg: toGermany }), GERMAN, WORLD)).toEqual([GERMAN.id]);
  });

  test("goes to no pixel that is now paused, without a token or disconnected", () => {
    expect(destined(happened({ browserLeg: toGermany }), { ...GERMAN, hasToken: false }, WORLD)).toBe("not-routed");
    expect(destined(happened({ browserLeg: toGermany }), WORLD)).toBe("not-routed");
  });

  test("is routed by the order's country if the browser named no pixels", () => {
    expect(destined(happened({ browserLeg: { sent: true } }), GERMAN, TILL)).toEqual([GERMAN.id]);
  });
});

describe("an action", () => {
  const route = (mapping: EventMapping, event: Undecided) => routeOf(event, profileWith([WORLD], mapping));

  test("whose server leg is off is withheld for that reason", () => {
    for (const legs of ["browser", "off"]) {
      const mapping = mappingOf({ "events.Purchase.legs": legs });
      expect(route(mapping, happened())).toEqual({ kind: "nowhere", reason: "server-leg-off" });
    }
  });

  test("is sent under its chosen name, and events that refer to the Purchase use that name", () => {
    const mapping = mappingOf({ "events.Purchase.as": "OrderPlaced" });
    const profile = profileWith([WORLD], mapping);
    const refund = happened({ action: "OrderRefunded" });
    const original = { event_name: "Purchase", event_time: 1, event_id: refund.eventId } as const;

    expect(route(mapping, happened())).toMatchObject({ as: "OrderPlaced" });
    expect(
      renamed({ ...refund.body, original_event_data: original }, "OrderRefunded", profile).original_event_data,
    ).toEqual({ ...original, event_name: "OrderPlaced" });
  });
});

test("server and browser use the same name and pixels, for any pixels, mapping and country", () => {
  const COUNTRIES = ["DE", "AT", "US", "JP"];
  const limits = fc.record({
    countries: fc.option(fc.uniqueArray(fc.constantFrom(...COUNTRIES), { minLength: 1 })),
    channels: fc.option(fc.uniqueArray(fc.constantFrom(...SALES_CHANNELS), { minLength: 1 })),
    eventsOff: fc.uniqueArray(fc.constantFrom(...EVENT_NAMES)),
  });
  const mappings = fc
    .tuple(fc.constantFrom("both", "server"), fc.constantFrom("Alpha", ""))
    .map(([legs, as]) => mappingOf({ "events.AddToCart.legs": legs, "events.AddToCart.as": as }));
  const actions = fc.constantFrom(...EVENT_NAMES.filter(isBrowserEventName));

  fc.assert(
    fc.property(
      fc.array(limits, { minLength: 1, maxLength: 4 }),
      mappings,
      actions,
      fc.option(fc.constantFrom(...COUNTRIES)),
      (filters, mapping, action, country) => {
        const profile = profileWith(
          filters.map((filter, index) => aPixel(String(100_000 + index), filter)),
          mapping,
        );
        const published = publishedSettingsOf(profile, "https://tandem.example.com");
        const way = published.events[action];
        if (way === undefined) throw new Error(`${action} is not published`);

        const browserLeg = routedLeg({ sent: true }, { action, country, way }, published);
        // One server leg knows the browser's word, the other knows the same country from the order.
        for (const event of [happened({ action, browserLeg }), happened({ action, region: country })]) {
          const route = routeOf(event, profile);
          const reached = route.kind === "to" ? route.to.map((id) => id.replace("pixel-", "")) : [];
          expect(reached).toEqual(browserLeg.to);
          if (route.kind === "to") expect(route.as).toBe(browserLeg.as);
        }
        expect(browserLeg.sent).toBe(way.browser && browserLeg.to.length > 0);
      },
    ),
    { numRuns: 2_000 },
  );
});

describe("the published settings", () => {
  test("contain every reported action with its name, and none that is off", () => {
    const mapping = mappingOf({
      "events.Lead.as": "SignedUp",
      "events.Search.legs": "off",
      "events.PageView.legs": "server",
    });
    const { events } = publishedSettingsOf(profileWith([WORLD], mapping), "https://tandem.example.com");

    expect(events.Lead).toEqual({ as: "SignedUp", custom: true, browser: true });
    expect(events.Purchase).toEqual({ as: "Purchase", custom: false, browser: true });
    expect(events.PageView).toEqual({ as: "PageView", custom: false, browser: false });
    expect(Object.keys(events).sort()).toEqual(
      EVENT_NAMES.filter((name) => isBrowserEventName(name) && name !== "Search").sort(),
    );
  });

  test("contain no pixel that is paused or does not take the online store", () => {
    const pixels = [WORLD, TILL, aPixel("9", { state: "paused" }), aPixel("10", { state: "blocked" })];
    const published = publishedSettingsOf(profileWith(pixels), "https://tandem.example.com");
    expect(published.pixels.map(({ id }) => id)).toEqual([WORLD.metaPixelId, "10"]);
  });
});
