import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyConsent, decideConsent, latestSignal } from "../../app/consent/decide-consent.ts";
import { offersSaleOptOut } from "../../app/consent/region-policy.ts";
import type { ConsentPolicy, NoAnswerRule } from "../../app/consent/types.ts";
import { purchaseEventId, orderId } from "../../app/event-contract/event-id.ts";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { aShopDomain } from "../fixtures/orders/settings.ts";

const now = new Date("2026-11-20T16:00:00Z");
const signal = (marketing: boolean, saleOfData = true) => ({ marketing, saleOfData, at: 1 });
const ask = { origin: "webhook", policy: null, noAnswer: "as-policy", optedOut: false, now } as const;
const NO_ANSWER: readonly NoAnswerRule[] = ["as-policy", "everywhere", ["US"], ["US-CA", "JP"]];
const EEA = "AT BE BG HR CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT CY RO SK SI ES SE".split(" ");

describe("nothing is sent without consent", () => {
  test.each([
    [signal(true), "DE", "send", "browser-granted"],
    [signal(true), null, "send", "browser-granted"],
    [signal(false), "US", "withhold", "browser-declined"],
    [signal(false, false), "US-CA", "withhold", "browser-declined"],
    [signal(true, false), "US-CA", "send-limited", "sale-opt-out"],
    [null, "US-CA", "send", "not-required-in-region"],
    [null, "JP", "send", "not-required-in-region"],
    [null, "DE", "withhold", "required-and-unknown"],
    [null, null, "withhold", "region-unknown"],
  ] as const)("signal %j in %s: %s by %s", (given, region, decision, rule) => {
    const receipt = decideConsent({ ...ask, signal: given, region });
    const policy = given === null && region !== null ? { source: "default" } : null;
    expect(receipt).toEqual({ decision, rule, region, signal: given, policy, decidedAt: now.getTime() });
  });

  test.each([...EEA, "GB", "CH"])("%s requires prior consent, so an event without a signal is withheld", (region) => {
    expect(decideConsent({ ...ask, signal: null, region }).rule).toBe("required-and-unknown");
  });

  test("a declined event is withheld, whatever its origin and whatever else is known", () => {
    const known = fc.record({
      signal: fc.boolean().map((saleOfData) => signal(false, saleOfData)),
      origin: fc.constantFrom("webhook" as const, "collector" as const, "reconciled" as const),
      region: fc.option(fc.constantFrom("US", "DE", "JP")),
      policy: fc.option(fc.constant(policy({ US: [false, true], DE: [false, false] }))),
      noAnswer: fc.constantFrom(...NO_ANSWER),
      optedOut: fc.constantFrom(true, false, "unknown" as const),
      now: fc.constant(now),
    });
    fc.assert(
      fc.property(known, (question) => {
        expect(decideConsent(question).decision).toBe("withhold");
      }),
      { numRuns: 2000 },
    );
  });
});

const READ_AT = now.getTime() - 3_600_000;
const policy = (regions: Record<string, [boolean | null, boolean | null]>): ConsentPolicy => ({
  readAt: READ_AT,
  regions: Object.fromEntries(
    Object.entries(regions).map(([key, [consentRequired, saleOptOut]]) => [key, { consentRequired, saleOptOut }]),
  ),
});

describe("the shop's own policy overrides the default list", () => {
  const shops = policy({
    DE: [false, false],
    US: [false, true],
    "US-CA": [true, true],
    "US-TX": [null, null],
    BR: [true, false],
    FR: [null, true],
  });
  test.each([
    ["DE", "send", "shop"],
    ["BR", "withhold", "shop"],
    ["US", "send", "shop"],
    ["US-CA", "withhold", "shop"],
    ["US-TX", "send", "shop"],
    ["US-NY", "send", "shop"],
    ["FR", "withhold", "default"],
    ["ES", "withhold", "default"],
    ["JP", "send", "default"],
  ] as const)("%s: %s, by the %s policy, and the receipt says so", (region, decision, source) => {
    const receipt = decideConsent({ ...ask, signal: null, region, policy: shops });
    expect(receipt.decision).toBe(decision);
    expect(receipt.policy).toEqual(source === "shop" ? { source, readAt: READ_AT } : { source });
  });

  test("but never the browser's signal", () => {
    expect(decideConsent({ ...ask, signal: signal(true), region: "BR", policy: shops })).toMatchObject({
      decision: "send",
      policy: null,
    });
    expect(decideConsent({ ...ask, signal: signal(false), region: "DE", policy: shops }).decision).toBe("withhold");
  });

  test.each([
    ["US-CA", true],
    ["US-NY", true],
    ["FR", true],
    ["DE", false],
    ["JP", false],
    [null, false],
  ] as const)("customers in %s may opt out of the sale of their data: %s", (region, offered) => {
    expect(offersSaleOptOut(region, shops)).toBe(offered);
    expect(offersSaleOptOut(region, null)).toBe(false);
  });
});

describe("two signals of one browser", () => {
  test("the later one counts; of two at the same time, the stricter one", () => {
    const early = { marketing: true, saleOfData: true, at: 1 };
    const late = { marketing: false, saleOfData: true, at: 2 };
    expect(latestSignal(early, late)).toBe(late);
    expect(latestSignal(late, early)).toBe(late);
    expect(latestSignal(null, late)).toBe(late);
    expect(latestSignal(early, null)).toBe(early);
    expect(latestSignal(null, null)).toBeNull();
    expect(latestSignal({ ...early, saleOfData: false }, { ...late, at: 1 })).toEqual({
      marketing: false,
      saleOfData: false,
      at: 1,
    });
  });
});

describe("limited data use", () => {
  const event: MetaEvent = {
    event_name: "Purchase",
    event_id: purchaseEventId(aShopDomain(), orderId("1") ?? expect.unreachable("1 is an order id")),
    event_time: 1,
    action_source: "website",
    user_data: {},
    custom_data: {},
  };

  test("is requested for a visitor who opted out of the sale of data", () => {
    expect(applyConsent(event, { decision: "send-limited" })).toEqual({
      ...event,
      data_processing_options: ["LDU"],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    });
  });

  test.each([
    [signal(true), true, "send-limited", "customer-opted-out"],
    [signal(true), "unknown", "send-limited", "opt-out-unknown"],
    [signal(true, false), true, "send-limited", "sale-opt-out"],
    [null, true, "send-limited", "customer-opted-out"],
    [null, "unknown", "send-limited", "opt-out-unknown"],
    [null, false, "send", "not-required-in-region"],
  ] as const)("signal %j, customer opted out %j: %s by %s", (given, optedOut, decision, rule) => {
    expect(decideConsent({ ...ask, signal: given, region: "US-CA", optedOut })).toMatchObject({ decision, rule });
  });

  test("is absent otherwise", () => {
    expect(applyConsent(event, { decision: "send" })).toBe(event);
  });
});

describe("the merchant's rule for events without an answer", () => {
  test.each([
    ["as-policy", "US-CA", "send", "not-required-in-region"],
    ["everywhere", "JP", "withhold", "no-answer-withheld"],
    [["US"], "US-CA", "withhold", "no-answer-withheld"],
    [["US-CA"], "US-CA", "withhold", "no-answer-withheld"],
    [["US-CA"], "US-NY", "send", "not-required-in-region"],
    [["US-CA"], "US", "send", "not-required-in-region"],
    ["everywhere", "DE", "withhold", "required-and-unknown"],
    ["everywhere", null, "withhold", "region-unknown"],
  ] as const)("%j, in %s: %s by %s", (noAnswer, region, decision, rule) => {
    expect(decideConsent({ ...ask, noAnswer, signal: null, region })).toMatchObject({ decision, rule });
  });

  test("never allows what the privacy settings withhold, and does not apply if a browser reported", () => {
    const known = fc.record({
      signal: fc.option(fc.record({ marketing: fc.boolean(), saleOfData: fc.boolean(), at: fc.constant(1) })),
      region: fc.option(fc.constantFrom("US", "US-CA", "DE", "JP")),
      policy: fc.option(fc.constant(policy({ US: [true, true], DE: [false, false], JP: [null, null] }))),
      optedOut: fc.constantFrom(true, false, "unknown" as const),
    });
    fc.assert(
      fc.property(known, fc.constantFrom(...NO_ANSWER), (given, noAnswer) => {
        const without = decideConsent({ ...ask, ...given });
        const withRule = decideConsent({ ...ask, ...given, noAnswer });
        if (without.decision === "withhold" || given.signal !== null) expect(withRule).toEqual(without);
        else expect(["withhold", without.decision]).toContain(withRule.decision);
      }),
      { numRuns: 2000 },
    );
  });
});
