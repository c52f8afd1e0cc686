import { expect, test } from "vitest";
import { errorAt } from "../../app/components/field-problems.tsx";
import { META_VERDICTS } from "../../app/meta/verdict-table.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { problemIn } from "../../app/wording/field-problem-words.ts";
import { aProfile } from "./dashboard/samples.ts";

const { settings } = aProfile();

test.each([
  ["en", "Enter whole seconds from 0 to 600", "ViewContent is another action’s name"],
  ["de", "Geben Sie ganze Sekunden von 0 bis 600 ein", "ViewContent ist der Name einer anderen Aktion"],
  ["cs", "Zadejte celé sekundy od 0 do 600", "ViewContent je název jiné akce"],
] as const)("a merchant reads in their language what is wrong with a field: %s", (language, wait, name) => {
  const words = wordsFor({ language, locale: language });
  const change = changeFrom({ contextWaitSeconds: "soon", "events.Purchase.as": "ViewContent" }, settings);
  // An answer of the server reaches the page as JSON.
  const problems = change.ok ? [] : (JSON.parse(JSON.stringify(change.problems)) as typeof change.problems);
  expect(errorAt(words, problems, "contextWaitSeconds").error).toContain(wait);
  expect(errorAt(words, problems, "events.Purchase.as").error).toContain(name);
  expect(errorAt(words, problems, "forms")).toEqual({});
});

test.each(["de", "cs"] as const)("Meta's advice about a token is worded like any other problem: %s", (language) => {
  const words = wordsFor({ language, locale: language });
  for (const { advice } of META_VERDICTS) expect(problemIn(words, { message: { advice } })).not.toBe(advice);
});
