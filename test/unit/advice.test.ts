import { describe, expect, test } from "vitest";
import {
  META_VERDICTS,
  NO_ANSWER,
  SHORT_COUNT,
  STATUS_VERDICTS,
  TRANSIENT,
  UNKNOWN,
} from "../../app/meta/verdict-table.ts";
import { reasonIn } from "../../app/wording/reasons.ts";
import { wordsFor } from "../../app/wording/every-language.ts";

const ROWS = [...META_VERDICTS, ...STATUS_VERDICTS, NO_ANSWER, SHORT_COUNT, TRANSIENT, UNKNOWN];
const STORED = [...new Set(ROWS.map(({ advice }) => advice))];
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

  test("a sentence that nobody knows is shown as it was stored", () => {
    expect(reasonIn(words, "Meta said something new.")).toBe("Meta said something new.");
  });
});

test("in English the sentences are shown as they were stored", () => {
  for (const advice of STORED) expect(reasonIn(wordsFor({ language: "en", locale: "en" }), advice)).toBe(advice);
});
