import { expect, test } from "vitest";

import type { DailyFigure } from "../../app/ledger/daily-figure-types.ts";
import { type AccountSituation, orderAccount } from "../../app/routes/app._index/order-account.ts";
import { sentenceOf } from "../../app/routes/app._index/order-sentence.tsx";
import { wordsFor } from "../../app/wording/every-language.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { ALL_SEEN, NOTHING_YET } from "./dashboard/samples.ts";
import { aFigure } from "./dashboard/figures.ts";

const NOW = new Date("2026-11-23T14:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

const comparedAt = (finishedAt: Date | null, problem: string | null = null) => ({
  watermark: null,
  finishedAt,
  problem,
  report: null,
});

const situation = (change: Partial<AccountSituation> = {}): AccountSituation => ({
  figures: [],
  from: "2026-11-17",
  open: { orders: { onTheWay: 0, held: 0 } },
  facts: ALL_SEEN,
  reconciliation: comparedAt(ago(1)),
  isCounted: true,
  now: NOW,
  ...change,
});
const sentence = (change: Partial<AccountSituation> = {}) => sentenceOf(ENGLISH, orderAccount(situation(change)));
const doubt = (change: Partial<AccountSituation>) => {
  const account = orderAccount(situation(change));
  return account.kind === "orders" ? account.doubt : account.kind;
};

const FIGURES: readonly DailyFigure[] = [
  aFigure({ events: 1204 }),
  aFigure({ outcome: "withheld", reason: "consent-browser-declined", legs: "none", events: 30 }),
  aFigure({ outcome: "expired", legs: "none", events: 1 }),
];

test("every order is accounted for, in one sentence", () => {
  expect(sentence({ figures: FIGURES, open: { orders: { onTheWay: 0, held: 2 } } })).toBe(
    "Every order of the last 7 days is accounted for: 1,204 sent, 31 not sent, and 2 need you.",
  );
  expect(sentence({ figures: FIGURES, open: { orders: { onTheWay: 5, held: 0 } } })).toContain("and 5 on the way.");
});

test("only orders count, and only those of the last seven days", () => {
  const others = [aFigure({ eventName: "PageView", events: 9 }), aFigure({ day: "2026-11-16", events: 9 })];
  expect(sentence({ figures: [...others, aFigure({ events: 2 })] })).toContain("accounted for: 2 sent.");
  expect(sentence({ figures: others })).toBe("There was no order in the last 7 days.");
});

test("an order that only the browser reported reached Meta, and one that waits is neither sent nor lost", () => {
  const figures = [
    aFigure({ outcome: "withheld", reason: "dedup-window-passed", legs: "browser", events: 3 }),
    aFigure({ outcome: "waiting-for-payment", reason: "waiting-for-payment", legs: "none", events: 4 }),
  ];
  expect(sentence({ figures })).toContain("3 sent and 4 not counted yet, as you chose.");
});

test("a young installation speaks of the time since it began", () => {
  const facts = { ...ALL_SEEN, installedAt: ago(48) };
  expect(sentence({ facts, figures: FIGURES })).toContain("Every order since Tandem was installed is accounted for");
  expect(sentence({ facts })).toBe("There has been no order since Tandem was installed.");
});

test.each([
  ["events are still being counted", { isCounted: false }, "counting"],
  ["messages could not be read", { facts: { ...ALL_SEEN, quarantined: 1 } }, "unreadable"],
  ["orders were never compared", { reconciliation: null }, "not-compared"],
  ["the first comparison is under way", { reconciliation: comparedAt(null) }, "not-compared"],
  ["the comparison stopped", { reconciliation: comparedAt(ago(1), "Shopify answered 500.") }, "comparison-stopped"],
  ["the comparison is late", { reconciliation: comparedAt(ago(4)) }, "comparison-late"],
] as const)("nothing is said of every order while %s", (_, change, because) => {
  expect(doubt(change)).toBe(because);
  expect(sentence({ ...change, figures: FIGURES })).toMatch(
    /^Of the orders of the last 7 days that Tandem knows: 1,204 sent/,
  );
  expect(sentence(change)).toBe("Tandem knows of no order of the last 7 days.");
});

test("without a pixel nothing is sent", () => {
  expect(doubt({ facts: NOTHING_YET })).toBe("not-connected");
  expect(sentence({ facts: NOTHING_YET, figures: FIGURES })).toMatch(/no pixel is connected/);
});

test("the sentence is one in every language", () => {
  const account = orderAccount(situation({ figures: FIGURES, open: { orders: { onTheWay: 0, held: 2 } } }));
  const inLanguage = (language: "de" | "cs") => sentenceOf(wordsFor({ language, locale: language }), account);
  expect(inLanguage("de")).toBe(
    "Jede Bestellung der letzten 7 Tage ist nachgewiesen: 1.204 gesendet, 31 nicht gesendet und 2 brauchen Sie.",
  );
  expect(inLanguage("cs").replaceAll("\u00a0", " ")).toBe(
    "Každá objednávka za posledních 7 dní je doložená: odesláno 1 204, neodesláno 31 a 2 vás potřebují.",
  );
});
