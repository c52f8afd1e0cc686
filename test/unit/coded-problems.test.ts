import { describe, expect, test } from "vitest";
import { readCostProblem } from "../../app/costs/cost-problem.ts";
import { readComparisonProblem } from "../../app/ledger/comparison-problem.ts";
import { readPublishProblem } from "../../app/settings/publish-problem.ts";
import { type CodedProblem, storedProblem } from "../../app/wording/coded-problem.ts";
import { comparisonProblemIn } from "../../app/wording/comparison-problem-in-words.ts";
import { costProblemIn } from "../../app/wording/cost-problem-in-words.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { publishProblemIn } from "../../app/wording/publish-problem-in-words.ts";
import type { Words } from "../../app/wording/words.ts";

const GERMAN = wordsFor({ language: "de", locale: "de" });
const CZECH = wordsFor({ language: "cs", locale: "cs" });
const SAID = "Access denied: write_pixels\nis required.";

type Case = readonly [CodedProblem<string>, english: RegExp, german: RegExp, czech: RegExp];
type Kind = {
  readonly what: string;
  readonly read: (stored: string) => CodedProblem<string> | null;
  readonly inWords: (words: Words, stored: string) => string;
  readonly own: readonly Case[];
  /** Stored by earlier versions, and how German shows it. */
  readonly earlier: readonly string[];
  readonly shownEarlier: (stored: string) => string;
};

const EARLIER = ["Shopify answered 503.", "constructor: of something", "refused:"];
const NO_ACCESS: Case = [
  { code: "no-access", said: null },
  /has not given/,
  /keinen Zugriff/,
  /nedalo Tandemu přístup/,
];

const UNANSWERED: readonly Case[] = [
  [{ code: "refused", said: SAID }, /says: “Access denied: [^]*”$/, /sagt: „Acc[^]*“$/, /uvádí: „Acc[^]*“$/],
  [{ code: "refused", said: null }, /does not say why/, /sagt nicht/, /neuvádí proč/],
  [{ code: "forbidden", said: null }, /forbids/, /verbietet/, /nedovoluje/],
  [{ code: "request-refused", said: "401" }, /answer 401/, /Antwort 401/, /odpověď 401/],
  [{ code: "unavailable", said: null }, /does not answer/, /antwortet gerade nicht/, /neodpovídá/],
];

const KINDS: readonly Kind[] = [
  {
    what: "a comparison that stopped early",
    read: readComparisonProblem,
    inWords: comparisonProblemIn,
    own: [NO_ACCESS],
    earlier: [...EARLIER, "no-web-pixel", ""],
    shownEarlier: (stored) => stored,
  },
  {
    what: "costs that cannot be read",
    read: readCostProblem,
    inWords: costProblemIn,
    own: [NO_ACCESS, [{ code: "no-scope", said: null }, /view products/, /Produkte anzusehen/, /zobrazovat produkty/]],
    earlier: [...EARLIER, "no-web-pixel", ""],
    shownEarlier: (stored) => stored,
  },
  {
    what: "settings that Shopify does not take",
    read: readPublishProblem,
    inWords: publishProblemIn,
    own: [
      [{ code: "no-web-pixel", said: null }, /has to deploy/, /muss es einmal ausrollen/, /nasadit/],
      [{ code: "web-pixel-unnamed", said: null }, /did not say its ID/, /ID nicht genannt/, /neuvedl jeho ID/],
      [
        { code: "metafield", said: SAID },
        /metafield.*“Access denied: [^]*”$/,
        /Metafeld.*„Acc[^]*“$/,
        /metapole.*„Acc[^]*“$/,
      ],
    ],
    earlier: [...EARLIER, ""],
    shownEarlier: (stored) => `Shopify hat sie nicht angenommen: „${stored}“`,
  },
];

describe.each(KINDS)("$what", ({ read, inWords, own, earlier, shownEarlier }) => {
  test.each([...own, ...UNANSWERED])(
    "%j is kept as a code, and said in the reader's language",
    (problem, english, german, czech) => {
      const stored = storedProblem(problem);
      expect(read(stored)).toEqual(problem);
      expect(inWords(ENGLISH, stored)).toMatch(english);
      expect(inWords(GERMAN, stored)).toMatch(german);
      expect(inWords(CZECH, stored)).toMatch(czech);
    },
  );

  test.each(earlier)("what an earlier version stored is no code: %j", (stored) => {
    expect(read(stored)).toBeNull();
    expect(inWords(GERMAN, stored)).toBe(shownEarlier(stored));
  });
});

test("an answer without words leaves the code alone", () => {
  expect(storedProblem({ code: "refused", said: " \n" })).toBe("refused");
});
