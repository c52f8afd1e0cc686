import { describe, expect, expectTypeOf, test } from "vitest";
import { SKIPPED_BECAUSE } from "../../app/event-contract/wire.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { reasons } from "../../app/wording/en/reasons.ts";
import type { Reason } from "../../app/event-contract/reason.ts";
import { LANGUAGES } from "../../app/wording/languages.ts";
import type { Plain, Values } from "../../app/wording/placeholders.ts";
import { CONSENT_RULE_NAMES, consentRuleIn, reasonIn } from "../../app/wording/reasons.ts";
import { type StateKind, stateWordings, type Wording } from "../../app/wording/state-wording.ts";

const { unknown: _unknown, ...KNOWN } = reasons;
const KINDS = [
  "event",
  "delivery",
  "verdict",
  "pixel",
  "data-request",
  "browser-leg",
  "consent",
  "preview",
] as const satisfies readonly StateKind[];

describe.each(LANGUAGES)("in %s", (language) => {
  const words = wordsFor({ language, locale: language });

  test.each(Object.keys(KNOWN))("a merchant reads a sentence for the reason %s, not its code", (reason) => {
    expect(reasonIn(words, reason)).toMatch(/^\p{Lu}.*\.$/u);
  });

  test.each(["physical_store", "system_generated", "phone_call", "other"] as const)(
    "an event of the source %s was not held back by a cookie banner that somebody ignored",
    (source) => {
      const reason = "consent-required-and-unknown";
      expect(reasonIn(words, reason, source)).toMatch(/^\p{Lu}.*\.$/u);
      expect(reasonIn(words, reason, source)).not.toContain(words.text(`reasons.${reason}`));
      expect(reasonIn(words, "no-customer-data", source)).toBe(words.text("elsewhere.no-customer-data"));
      expect(reasonIn(words, reason, "a source of another version" as never)).toBe(words.text(`reasons.${reason}`));
      expect(reasonIn(words, "zero-value", source)).toBe(words.text("reasons.zero-value"));
    },
  );

  test.each(["consent-required-and-unknown", "consent-no-answer-withheld"] as const)(
    "the reason %s of many events names orders without a browser too, and says so of none that happened on the website",
    (reason) => {
      const till = { en: "till", de: "Kasse", cs: "pokladny" }[language];
      expect(reasonIn(words, reason)).toContain(till);
      expect(reasonIn(words, reason, "website")).not.toContain(till);
      expect(reasonIn(words, reason, "website")).toBe(words.text(`reasons.${reason}`));
    },
  );

  test("Meta's own text about a failure is quoted unchanged", () => {
    const shown = reasonIn(words, "Make a new token in Events Manager.");
    expect(shown).toMatch(/^[“„]Make a new token in Events Manager\.[”“]$/);
  });

  test.each(["brand-new-reason", "unknown", "__proto__", "toString"])(
    "the reason %s, missing from the catalogue, is shown rather than hidden",
    (reason) => {
      expect(reasonIn(words, reason)).toContain(reason);
    },
  );

  test.each(KINDS)("every state of the kind %s has a label and a meaning of its own", (kind) => {
    const wordings: Readonly<Record<string, Wording>> = stateWordings<StateKind>(words, kind);
    for (const { label, meaning } of Object.values(wordings)) {
      expect(label).toMatch(/^\p{Lu}[^.]*$/u);
      expect(meaning).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  test("no two consent rules, skipped legs or origins have the same text", () => {
    const rules = CONSENT_RULE_NAMES.map((rule) => consentRuleIn(words, rule));
    const skipped = SKIPPED_BECAUSE.map((because) => words.text(`legs.skipped.${because}`));
    const origins = (["webhook", "collector", "reconciled"] as const).map((origin) =>
      words.text(`legs.origin.${origin}`),
    );
    for (const texts of [rules, skipped, origins]) expect(new Set(texts).size).toBe(texts.length);
  });
});

test("a reason without a text, and a text without a reason, does not compile", () => {
  expectTypeOf<keyof typeof KNOWN>().toEqualTypeOf<Reason>();
});

test("a missing value, a value too many and a key that does not exist do not compile", () => {
  // @ts-expect-error -- the code is missing
  ENGLISH.text("reasons.unknown");
  // @ts-expect-error -- this text takes no value
  ENGLISH.text("frame.save", { name: "x" });
  // @ts-expect-error -- a number is needed
  ENGLISH.text("netRevenue.coverage", { percent: "many" });
  // @ts-expect-error -- no such key
  expect(ENGLISH.text("frame.nothing-like-this")).toBe("frame.nothing-like-this");
});

test("a placeholder inside a plural or a select is one of the text's", () => {
  type Of<Message extends string> = Values<Message>;
  expectTypeOf<Of<"{count, plural, one {# of {shop}} other {# of {shop}, {at, date, short}}} {name}">>().toEqualTypeOf<{
    readonly count: number;
    readonly shop: Plain;
    readonly at: Date;
    readonly name: Plain;
  }>();
  expectTypeOf<Of<"{kind, select, a {one} other {two}}">>().toEqualTypeOf<{ readonly kind: string }>();
  expectTypeOf<keyof Of<"Nothing at all.">>().toEqualTypeOf<never>();
});
