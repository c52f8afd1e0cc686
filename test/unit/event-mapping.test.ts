import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_NAMES, type EventName } from "../../app/event-contract/event-name.ts";
import { DEFAULT_MAPPING, eventRule, mappingWarnings, nameToSend } from "../../app/settings/event-mapping.ts";
import type { EventMapping } from "../../app/settings/types.ts";
import { mappingField, parseEventMapping } from "../../app/settings/parse-event-mapping.ts";
import { SENSITIVE_WORDS, sensitiveCategory, sentName } from "../../app/settings/sent-names.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { problemIn } from "../../app/wording/field-problem-words.ts";

function mapped(input: Readonly<Record<string, string>>, before: EventMapping = DEFAULT_MAPPING): EventMapping {
  const parsed = parseEventMapping(input, before);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function nameOf(text: string, action: EventName = "Lead") {
  const read = sentName(text, action);
  if (!read.ok) throw new Error(read.problem.code);
  return read.name;
}

describe("the name of an event", () => {
  test.each(["NewsletterSignup", "Quote request", "step-2_done", "A", "x".repeat(50)])("may be %s", (text) => {
    expect(nameOf(text)).toBe(text);
  });

  test("left empty or unchanged is Meta's own", () => {
    expect(nameOf("")).toBe("Lead");
    expect(nameOf(" Lead ")).toBe("Lead");
  });

  test("may be another standard event that Tandem does not send", () => {
    expect(nameOf("SubmitApplication")).toBe("SubmitApplication");
  });

  test.each([
    ["x".repeat(51), /at most 50 characters/],
    ["2steps", /starts with a letter/],
    ["sign<up>", /letters, digits, spaces/],
    ["Ünique", /starts with a letter/],
    ["Purchase", /Purchase is another action’s name/],
    ["purchase", /Purchase is another action’s name/],
    ["addtowishlist", /Meta spells this event AddToWishlist/],
    ["CancerScreening", /sounds like health/],
    ["weight loss plan", /sounds like health/],
    ["StartWeightLoss", /sounds like health/],
    ["LoanApplication", /sounds like finance/],
    ["ChurchVisit", /sounds like religion/],
    ["Gay_Travel", /sounds like sex life/],
    ["VoterRegistration", /sounds like politics/],
  ])("must not be %s, and the merchant reads why", (text, why) => {
    const read = sentName(text, "Lead");
    expect(read.ok ? "" : problemIn(ENGLISH, { message: read.problem })).toMatch(why);
  });

  test.each(["ProductSelection", "RacecarViewed", "SextantAdded", "SussexStore"])(
    "%s is taken: a sensitive word is one only where a word begins",
    (text) => {
      expect(nameOf(text)).toBe(text);
    },
  );

  test("every word of the table is detected anywhere in a name", () => {
    for (const [category, words] of Object.entries(SENSITIVE_WORDS)) {
      expect(ENGLISH.text("fieldProblems.name.sensitive", { category })).not.toContain("such a matter");
      for (const word of words) {
        const [first = "", ...rest] = word;
        expect(sensitiveCategory(`Shop${first.toUpperCase()}${rest.join("")}`), word).not.toBeNull();
        expect(sensitiveCategory(`my ${word}`), `${category}: ${word}`).not.toBeNull();
      }
    }
  });
});

describe("the mapping", () => {
  test("sends every action as it is, on both legs, until the merchant chooses otherwise", () => {
    for (const action of EVENT_NAMES) {
      expect(eventRule(DEFAULT_MAPPING, action)).toEqual({ as: action, legs: "both", formerly: [] });
    }
  });

  test("changes only the form's fields", () => {
    const first = mapped({ "events.Lead.as": "NewsletterSignup", "events.Search.legs": "off" });
    const second = mapped({ primaryEvent: "AddToCart" }, first);

    expect(second).toEqual({
      primary: "AddToCart",
      rules: {
        Search: { as: "Search", legs: "off", formerly: [] },
        Lead: { as: "NewsletterSignup", legs: "both", formerly: [] },
      },
    });
  });

  test("reports each problem at its field", () => {
    const input = { "events.Lead.as": "Medicine", "events.Search.legs": "sometimes", primaryEvent: "Profit" };
    expect(parseEventMapping(input, DEFAULT_MAPPING)).toMatchObject({
      ok: false,
      problems: [{ field: "primaryEvent" }, { field: "events.Search.legs" }, { field: "events.Lead.as" }],
    });
  });

  test("has no browser leg for events that only orders create", () => {
    expect(parseEventMapping({ "events.OrderRefunded.legs": "browser" }, DEFAULT_MAPPING)).toMatchObject({
      ok: false,
      problems: [{ field: "events.OrderRefunded.legs" }],
    });
    expect(mapped({ "events.OrderRefunded.legs": "off" }).rules.OrderRefunded?.legs).toBe("off");
  });

  test("gives no two actions the same name, because Meta would merge them", () => {
    const taken = mapped({ "events.Lead.as": "SignedUp" });
    expect(parseEventMapping({ "events.Contact.as": "signedup" }, taken)).toMatchObject({
      ok: false,
      problems: [{ message: { code: "mapping.shared", values: { action: "Lead" } } }],
    });
  });

  test("remembers the names that an action had, so that older browsers are understood", () => {
    const first = mapped({ "events.Lead.as": "One" });
    const second = mapped({ "events.Lead.as": "Two" }, first);
    const back = mapped({ "events.Lead.as": "" }, second);

    expect(eventRule(second, "Lead")).toMatchObject({ as: "Two", formerly: ["One"] });
    expect(eventRule(back, "Lead")).toMatchObject({ as: "Lead", formerly: ["Two", "One"] });
  });
});

describe("the server leg is named", () => {
  const renamed = mapped({ "events.Lead.as": "Two" }, mapped({ "events.Lead.as": "One" }));
  const rule = eventRule(renamed, "Lead");

  test("by the settings if no browser reported", () => {
    expect(nameToSend(rule, "Lead", null)).toBe("Two");
  });

  test.each(["One", "Two", "Lead"])(
    "as the browser named its own leg (%s), if the shop ever used that name",
    (used) => {
      expect(nameToSend(rule, "Lead", nameOf(used))).toBe(used);
    },
  );

  test("never by an invented name from the public collector", () => {
    expect(nameToSend(rule, "Lead", nameOf("Invented"))).toBe("Two");
  });

  test("like the browser's, whatever the merchant renames between the two", () => {
    const names = fc.array(fc.constantFrom("Alpha", "Beta", "Gamma", "Delta", ""), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.nat(), (saves, moment) => {
        const versions = saves.reduce<EventMapping[]>(
          (all, as) => [...all, mapped({ [mappingField("Lead", "as")]: as }, all.at(-1))],
          [DEFAULT_MAPPING],
        );
        const inBrowser = versions[moment % versions.length] ?? DEFAULT_MAPPING;
        const atServer = versions.at(-1) ?? DEFAULT_MAPPING;

        const browserName = eventRule(inBrowser, "Lead").as;
        expect(nameToSend(eventRule(atServer, "Lead"), "Lead", browserName)).toBe(browserName);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the merchant is warned", () => {
  const kinds = (input: Readonly<Record<string, string>>) => mappingWarnings(mapped(input)).map(({ kind }) => kind);

  test("of nothing with the default mapping", () => {
    expect(kinds({})).toEqual([]);
  });

  test.each(["PageView", "Search", "Lead", "Contact", "CompleteRegistration", "ViewCategory"])(
    "when %s, which has no value, is made the primary conversion",
    (action) => {
      expect(kinds({ primaryEvent: action })).toEqual(["primary-without-value"]);
    },
  );

  test("when the primary conversion is off or has one leg only", () => {
    expect(kinds({ "events.Purchase.legs": "off" })).toEqual(["primary-off"]);
    expect(kinds({ "events.Purchase.legs": "browser" })).toEqual(["one-leg"]);
  });

  test("when orders are no longer called Purchase", () => {
    expect(kinds({ "events.Purchase.as": "OrderPlaced" })).toEqual(["purchase-renamed"]);
  });
});
