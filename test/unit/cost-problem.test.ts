import { expect, test } from "vitest";
import { type CostProblem, readCostProblem } from "../../app/costs/cost-problem.ts";
import { storedProblem } from "../../app/wording/coded-problem.ts";
import { costProblemIn } from "../../app/wording/cost-problem-in-words.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { wordsFor } from "../../app/wording/every-language.ts";

const GERMAN = wordsFor({ language: "de", locale: "de" });
const CZECH = wordsFor({ language: "cs", locale: "cs" });
const SAID = "Access denied: view_costs\nis required.";

test.each<[CostProblem, RegExp, RegExp, RegExp]>([
  [{ code: "no-access", said: null }, /has not given/, /keinen Zugriff/, /nedalo Tandemu přístup/],
  [{ code: "no-scope", said: null }, /view products/, /Produkte anzusehen/, /zobrazovat produkty/],
  [{ code: "refused", said: SAID }, /says: “Access denied: [^]*”$/, /sagt: „Acc[^]*“$/, /uvádí: „Acc[^]*“$/],
  [{ code: "refused", said: null }, /does not say why/, /sagt nicht/, /neuvádí proč/],
  [{ code: "forbidden", said: null }, /forbids/, /verbietet/, /nedovoluje/],
  [{ code: "request-refused", said: "401" }, /answer 401/, /Antwort 401/, /odpověď 401/],
  [{ code: "unavailable", said: null }, /does not answer/, /antwortet gerade nicht/, /neodpovídá/],
])("%j is kept as a code, and said in the reader's language", (problem, english, german, czech) => {
  const stored = storedProblem(problem);
  expect(readCostProblem(stored)).toEqual(problem);
  expect(costProblemIn(ENGLISH, stored)).toMatch(english);
  expect(costProblemIn(GERMAN, stored)).toMatch(german);
  expect(costProblemIn(CZECH, stored)).toMatch(czech);
});

test.each(["Shopify answered 503.", "no-web-pixel", "constructor: of something", "refused:", ""])(
  "what an earlier version stored stays as it is: %j",
  (stored) => expect(costProblemIn(GERMAN, stored)).toBe(stored),
);
