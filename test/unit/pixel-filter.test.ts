import { describe, expect, test } from "vitest";
import { EVENT_NAMES } from "../../app/event-contract/event-name.ts";
import { parsePixelFilter, SALES_CHANNELS } from "../../app/settings/pixel-filter.ts";
import { inEnglish } from "../support/field-problems.ts";

const NO_LIMITS = { countries: null, channels: null, eventsOff: [] };
const EVERYTHING = { countries: "all", channels: SALES_CHANNELS, events: EVENT_NAMES };

describe("a pixel's limits as typed", () => {
  test("are accepted with any separator between countries", () => {
    expect(parsePixelFilter({ ...EVERYTHING, countries: "de, AT;ch at" })).toEqual({
      ok: true,
      value: { countries: ["DE", "AT", "CH"], channels: null, eventsOff: [] },
    });
  });

  test("are absent if everything is selected", () => {
    expect(parsePixelFilter({ ...EVERYTHING, countries: "" })).toEqual({ ok: true, value: NO_LIMITS });
  });

  test.each([
    [{ countries: "Germany" }, "countries", /two letters/],
    [{ countries: "XX" }, "countries", /^XX: write countries/],
    [{ channels: [] }, "channels", /at least one sales channel/],
    [{ channels: ["web"] }, "channels", /^web: choose from online/],
    [{ events: [] }, "events", /at least one event/],
  ])("%j is refused at its field", (change, field, why) => {
    const parsed = inEnglish(parsePixelFilter({ ...EVERYTHING, ...change }));
    expect(parsed.ok ? [] : parsed.problems).toContainEqual({ field, message: expect.stringMatching(why) as unknown });
  });
});
