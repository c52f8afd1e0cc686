import { describe, expect, test } from "vitest";
import { parsePixelFilter } from "../../app/settings/pixel-filter.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import { parsePixelInput } from "../../app/settings/validate-settings.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";

// A pattern that looks again and again at the same text takes minutes for a megabyte of it, and the process with it.
const LONG = 1_000_000;
const REPEATED = [" ", "a", "1", "a ", "a\n", "-", ".", "a.", "#a", "[a=", "send ", "withhold tag ", ";"];
const texts = REPEATED.flatMap((piece) => {
  const filling = piece.repeat(Math.ceil(LONG / piece.length));
  // Blank is an answer: nothing chosen.
  return [filling, `x${filling}y`, `contact${filling}Lead`].filter((text) => text.trim() !== "");
});

const FIELDS = [
  ..."purchaseTrigger valueBasis contentId contentCountry storefrontMode contextWaitSeconds giftCards".split(" "),
  ..."subscribeEvent refundEvent upsellEvent customerSegmentation predictedOrders netRevenue".split(" "),
  ..."netRevenueCoverage rules forms noAnswer primaryEvent events.Purchase.as events.Lead.legs".split(" "),
];

describe("a megabyte in a field is refused quickly", () => {
  test.each(FIELDS)("%s", (field) => {
    const before = settingsWith({});
    for (const text of texts) expect(changeFrom({ [field]: text }, before)).toMatchObject({ ok: false });
  });

  test.each(["match", "value", "action"])("a rule's %s", (part) => {
    const row = { "rules.rows": "1", "rules.0.match": "tag", "rules.0.value": "a", "rules.0.action": "send" };
    const before = settingsWith({});
    for (const text of texts) {
      expect(changeFrom({ ...row, [`rules.0.${part}`]: text }, before)).toMatchObject({ ok: false });
    }
  });

  test.each(["pixelId", "token", "testEventCode"])("a pixel's %s", (field) => {
    const pixel = { pixelId: "1234567890123456", token: "EAAB0123456789abcdefXYZ", testEventCode: "" };
    for (const text of texts) {
      expect(parsePixelInput({ ...pixel, [field]: text })).toMatchObject({ ok: false });
    }
  });

  test("a pixel's countries", () => {
    for (const text of texts) {
      const read = parsePixelFilter({ countries: text, channels: ["pos"], events: ["Purchase"] });
      expect(read).toMatchObject({ ok: false, problems: [{ field: "countries" }] });
    }
  });
});
