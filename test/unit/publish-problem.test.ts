import { expect, test } from "vitest";
import { type PublishProblem, readPublishProblem } from "../../app/settings/publish-problem.ts";
import { storedProblem } from "../../app/wording/coded-problem.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { publishProblemIn } from "../../app/wording/publish-problem-in-words.ts";

const GERMAN = wordsFor({ language: "de", locale: "de" });
const CZECH = wordsFor({ language: "cs", locale: "cs" });
const SAID = "Access denied: write_pixels\nis required.";

test.each<[PublishProblem, RegExp, RegExp, RegExp]>([
  [{ code: "no-web-pixel", said: null }, /has to deploy/, /muss es einmal ausrollen/, /nasadit/],
  [{ code: "web-pixel-unnamed", said: null }, /did not say its ID/, /ID nicht genannt/, /neuvedl jeho ID/],
  [
    { code: "metafield", said: SAID },
    /metafield.*“Access denied: [^]*”$/,
    /Metafeld.*„Acc[^]*“$/,
    /metapole.*„Acc[^]*“$/,
  ],
  [{ code: "refused", said: SAID }, /says: “Access denied: [^]*”$/, /sagt: „Acc[^]*“$/, /uvádí: „Acc[^]*“$/],
  [{ code: "refused", said: null }, /does not say why/, /sagt nicht/, /neuvádí proč/],
  [{ code: "forbidden", said: null }, /forbids/, /verbietet/, /nedovoluje/],
  [{ code: "request-refused", said: "401" }, /answer 401/, /Antwort 401/, /odpověď 401/],
  [{ code: "unavailable", said: null }, /does not answer/, /antwortet gerade nicht/, /neodpovídá/],
])("%j is kept as a code, and said in the reader's language", (problem, english, german, czech) => {
  const stored = storedProblem(problem);
  expect(readPublishProblem(stored)).toEqual(problem);
  expect(publishProblemIn(ENGLISH, stored)).toMatch(english);
  expect(publishProblemIn(GERMAN, stored)).toMatch(german);
  expect(publishProblemIn(CZECH, stored)).toMatch(czech);
});

test.each(["Shopify answered 503.", "constructor: of something", "refused:", ""])(
  "what an earlier version stored is quoted: %j",
  (stored) => {
    expect(readPublishProblem(stored)).toBeNull();
    expect(publishProblemIn(GERMAN, stored)).toBe(`Shopify hat sie nicht angenommen: „${stored}“`);
  },
);
