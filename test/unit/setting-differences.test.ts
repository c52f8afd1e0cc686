import { describe, expect, test } from "vitest";
import type { SentName } from "../../app/event-contract/event-name.ts";
import { DEFAULT_SETTINGS } from "../../app/settings/default-settings.ts";
import { changeBackTo, settingDifferences, settingsWith } from "../../app/settings/setting-differences.ts";
import type { EventMapping, Settings } from "../../app/settings/types.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { choiceIn, settingIn } from "../../app/wording/settings-words.ts";
import { SHOP } from "./dashboard/samples.ts";

const BEFORE: Settings = { shop: SHOP, version: 1, ...DEFAULT_SETTINGS };
const named = (as: string, formerly: readonly string[] = []): EventMapping => ({
  primary: "Purchase",
  rules: { AddToCart: { as: as as SentName, legs: "server", formerly: formerly as readonly SentName[] } },
});

/** Settings that choose everything differently from the default ones. */
const AFTER: Required<Settings> = {
  shop: SHOP,
  version: 2,
  purchaseTrigger: "tagged",
  valueBasis: "total",
  contentId: "sku",
  contentCountry: "DE",
  storefrontMode: "embed",
  contextWaitSeconds: 30,
  giftCards: "leave-out",
  noAnswer: ["DE", "US-CA"],
  forms: [{ form: "contact", as: "Lead" }],
  mapping: { ...named("Basket"), primary: "Lead" },
  orders: {
    subscribeEvent: false,
    refundEvent: true,
    upsellEvent: true,
    customerSegmentation: false,
    predictedOrders: 6,
    netRevenue: true,
    netRevenueCoverage: 80,
    waitForPaymentDays: 30,
    triggerTag: "packed",
    rules: [{ action: "withhold", match: "tag", value: "wholesale" }],
  },
  funnel: {
    stages: DEFAULT_SETTINGS.funnel.stages.map((stage) => ({ ...stage, value: 50, currency: "EUR" })),
    instantFormConsent: "given",
  },
};

const inWords = (before: Settings, after: Settings): readonly string[] =>
  settingDifferences(before, after).map(
    ({ field, before: from, after: to }) =>
      `${settingIn(ENGLISH, field)}: ${choiceIn(ENGLISH, field, from)} → ${choiceIn(ENGLISH, field, to)}`,
  );

describe("the differences between two versions", () => {
  test("are none between a version and itself, and none in the names that follow from a renaming", () => {
    expect(settingDifferences(BEFORE, { ...BEFORE, version: 9 })).toEqual([]);
    expect(settingDifferences({ ...BEFORE, mapping: named("A") }, { ...BEFORE, mapping: named("A", ["B"]) })).toEqual(
      [],
    );
  });

  test("cover every setting: one that is added needs a place in the sample above", () => {
    const changed = new Set(settingDifferences(BEFORE, AFTER).map(({ field }) => field));
    const { shop: _shop, version: _version, orders, mapping: _mapping, funnel: _funnel, ...plain } = AFTER;
    const expected = [
      ...Object.keys(plain),
      ...Object.keys(orders),
      ...["mapping.primary", "mapping.rules.AddToCart.as", "mapping.rules.AddToCart.legs"],
      ...["funnel.stages", "funnel.instantFormConsent"],
    ];
    expect([...changed].sort()).toEqual(expected.sort());
  });

  test("name each setting and both values in the merchant's words, never as they are stored", () => {
    for (const { field, before, after } of settingDifferences(BEFORE, AFTER)) {
      expect(settingIn(ENGLISH, field)).not.toBe(field);
      expect(settingIn(ENGLISH, field)).toMatch(/ |Forms/);
      for (const value of [before, after]) expect(choiceIn(ENGLISH, field, value)).not.toMatch(/[{[]|^(true|false)$/);
    }
    expect(inWords(BEFORE, AFTER)).toEqual(
      expect.arrayContaining([
        "Value of a purchase: Items after every discount, without shipping (recommended) → Order total, with shipping and tax",
        "Rules by sales channel and tag: none → 1. Withhold orders with the tag wholesale",
        "AddToCart: sent as: AddToCart → Basket",
      ]),
    );
  });
});

describe("the way back to an earlier version", () => {
  test("chooses everything as it did, and remembers the names that browsers may still use", () => {
    const back = settingsWith(AFTER, changeBackTo(BEFORE, AFTER));
    expect(settingDifferences(back, BEFORE)).toEqual([]);
    expect(back.mapping?.rules.AddToCart?.formerly).toEqual(["Basket"]);
  });
});
