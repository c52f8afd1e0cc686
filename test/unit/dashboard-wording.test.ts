import { describe, expect, expectTypeOf, test } from "vitest";
import type { ConsentRule, Reason } from "../../app/event-contract/reason.ts";
import { SKIPPED_BECAUSE } from "../../app/event-contract/wire.ts";
import type { EventState } from "../../app/outbox/types.ts";
import { reasonInWords, REASONS } from "../../app/wording/reasons.ts";
import * as wording from "../../app/wording/wording.ts";

test.each(Object.entries(REASONS))("a merchant reads a sentence for the reason %s, not its code", (reason, words) => {
  expect(words).toMatch(/^[A-Z].*\.$/);
  expect(reasonInWords(reason)).toBe(words);
});

test("Meta's own text about a failure is shown unchanged", () => {
  expect(reasonInWords("Make a new token in Events Manager.")).toBe("Make a new token in Events Manager.");
});

test("a reason missing from the table is shown rather than hidden", () => {
  expect(reasonInWords("brand-new-reason")).toContain("brand-new-reason");
});

describe("every state has a label and one sentence of its own", () => {
  const { CONSENT_RULES, BROWSER_LEG_SKIPPED, ORIGINS, ...tables } = wording;
  const rows = Object.entries<Readonly<Record<string, wording.Wording>>>(tables).flatMap(([table, states]) =>
    Object.entries(states).map(([state, words]) => [table, state, words] as const),
  );

  test.each(rows)("%s: %s", (_table, _state, words) => {
    expect(words.label).toMatch(/^[A-Z][^.]*$/);
    expect(words.meaning).toMatch(/^[A-Z].*\.$/);
  });

  test("no two consent rules and no two skipped legs have the same text", () => {
    for (const table of [CONSENT_RULES, BROWSER_LEG_SKIPPED, ORIGINS]) {
      expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
    }
    expect(Object.keys(BROWSER_LEG_SKIPPED).sort()).toEqual([...SKIPPED_BECAUSE].sort());
  });
});

test("a state or a rule without a text does not compile", () => {
  expectTypeOf<keyof typeof wording.EVENT_STATES>().toEqualTypeOf<EventState>();
  expectTypeOf<keyof typeof wording.CONSENT_RULES>().toEqualTypeOf<ConsentRule>();
  expectTypeOf<keyof typeof REASONS>().toEqualTypeOf<Reason>();
});

test("no merchant text mentions advertising performance", () => {
  const everything = JSON.stringify([wording, REASONS]);
  expect(everything).not.toMatch(/ROAS|attribution|performance|revenue/i);
});
