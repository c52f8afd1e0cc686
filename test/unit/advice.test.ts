import { describe, expect, test } from "vitest";
import {
  META_VERDICTS,
  NO_ANSWER,
  SHORT_COUNT,
  STATUS_VERDICTS,
  TRANSIENT,
  UNKNOWN,
} from "../../app/meta/verdict-table.ts";
import { TOO_OLD } from "../../app/pipeline/settlement.ts";
import { reasonIn } from "../../app/wording/reasons.ts";
import { wordsFor } from "../../app/wording/every-language.ts";

const ROWS = [...META_VERDICTS, ...STATUS_VERDICTS, NO_ANSWER, SHORT_COUNT, TRANSIENT, UNKNOWN];
const STORED = [...new Set([TOO_OLD, ...ROWS.map(({ advice }) => advice)])];
const ENGLISH_WORD = /\b(?:the|and|Tandem (?:tries|continues|sends)|Meta (?:is|has|gave|names))\b/;

describe.each(["de", "cs"] as const)("in %s", (language) => {
  const words = wordsFor({ language, locale: language });

  test.each(STORED)("what Meta's answer means is in the merchant's language: %s", (advice) => {
    expect(reasonIn(words, advice)).not.toBe(advice);
    expect(reasonIn(words, advice)).not.toMatch(ENGLISH_WORD);
  });

  test("what Meta names is kept", () => {
    const shown = reasonIn(words, "An item of the event has no catalog ID. Meta names contents[0].id, value.");
    expect(shown).toContain("contents[0].id, value.");
    expect(shown).not.toMatch(ENGLISH_WORD);
  });

  test("a sentence that nobody knows is quoted as it was stored", () => {
    expect(reasonIn(words, "Meta said something new.")).toBe("„Meta said something new.“");
  });

  // What delayed an expired event follows: Meta's problem, or the code of a pixel's state.
  test.each(["paused", "blocked", "paused in the settings", "paused on the command line", NO_ANSWER.advice])(
    "an expired event says what delayed it: %s",
    (because) => {
      expect(reasonIn(words, `${TOO_OLD} ${because}`)).toBe(`${reasonIn(words, TOO_OLD)} ${reasonIn(words, because)}`);
      expect(reasonIn(words, `${TOO_OLD} ${because}`)).not.toMatch(/paused|blocked|Older|Meta could/);
    },
  );

  test.each(["paused in the settings", "paused on the command line"])(
    "an earlier version's %s is the state of the pixel",
    (stored) => expect(reasonIn(words, stored)).toBe(words.text("reasons.paused")),
  );
});

test("in English an expired event says what delayed it, too", () => {
  const english = wordsFor({ language: "en", locale: "en" });
  expect(reasonIn(english, `${TOO_OLD} paused`)).toBe(`${TOO_OLD} ${english.text("reasons.paused")}`);
  expect(reasonIn(english, "Meta said something new.")).toBe("“Meta said something new.”");
});

test("in English the sentences are shown as they were stored", () => {
  for (const advice of STORED) expect(reasonIn(wordsFor({ language: "en", locale: "en" }), advice)).toBe(advice);
});
