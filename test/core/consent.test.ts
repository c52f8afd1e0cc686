import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyConsent, decideConsent } from "../../app/consent/decide-consent.ts";
import { purchaseEventId, orderId } from "../../app/event-contract/event-id.ts";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { aShopDomain } from "../fixtures/orders/settings.ts";

const now = new Date("2026-11-20T16:00:00Z");
const signal = (marketing: boolean, saleOfData = true) => ({ marketing, saleOfData, at: 1 });
const EEA = "AT BE BG HR CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT CY RO SK SI ES SE".split(" ");

describe("nothing leaves without consent", () => {
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
    const receipt = decideConsent({ signal: given, region, origin: "webhook", now });
    expect(receipt).toEqual({ decision, rule, region, signal: given, decidedAt: now.getTime() });
  });

  test.each([...EEA, "GB", "CH"])("%s asks for consent beforehand, so silence there is a no", (region) => {
    expect(decideConsent({ signal: null, region, origin: "webhook", now }).rule).toBe("required-and-unknown");
  });

  test("a declined event is withheld wherever it came from and whatever else is known", () => {
    const origin = fc.constantFrom("webhook" as const, "collector" as const, "reconciled" as const);
    fc.assert(
      fc.property(origin, fc.boolean(), fc.option(fc.constantFrom("US", "DE", "JP")), (from, saleOfData, region) => {
        expect(decideConsent({ signal: signal(false, saleOfData), region, origin: from, now }).decision).toBe(
          "withhold",
        );
      }),
    );
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

  test("is asked of Meta for a visitor who opted out of the sale of data", () => {
    expect(applyConsent(event, { decision: "send-limited" })).toEqual({
      ...event,
      data_processing_options: ["LDU"],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    });
  });

  test("is not mentioned otherwise", () => {
    expect(applyConsent(event, { decision: "send" })).toBe(event);
  });
});
