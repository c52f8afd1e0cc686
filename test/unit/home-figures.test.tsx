import { expect, test } from "vitest";

import { FiguresSection } from "../../app/routes/app._index/figures-section.tsx";
import type { OrderAccount } from "../../app/routes/app._index/order-account.ts";
import { OrderSentence } from "../../app/routes/app._index/order-sentence.tsx";
import { daysOf, periodIn, PERIODS, splitByPeriod } from "../../app/routes/app._index/period.ts";
import { summaryOf } from "../../app/routes/app._index/summary.ts";
import { readEventQuery } from "../../app/routes/app.events._index/read-event-query.ts";
import { aFigure } from "./dashboard/figures.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

const within = (bucket: number, events: number) => Array.from({ length: 15 }, (_, n) => (n === bucket ? events : 0));

const FIGURES = [
  aFigure({ events: 6, delays: within(5, 6) }),
  aFigure({ legs: "differing", events: 2, delays: within(5, 2) }),
  aFigure({ eventName: "PageView", legs: "server", events: 4, delays: within(5, 4) }),
  aFigure({ outcome: "refused", legs: "none", events: 1 }),
  aFigure({ outcome: "expired", legs: "browser", events: 2 }),
  aFigure({ outcome: "withheld", reason: "test-order", legs: "none", events: 5 }),
  aFigure({ outcome: "waiting-for-payment", legs: "none", events: 9 }),
];

test("what was to be sent, what was delivered and what was left out are counted apart", () => {
  expect(summaryOf(FIGURES)).toEqual({
    eligible: 15,
    delivered: 12,
    excluded: 5,
    refused: 1,
    expired: 2,
    matched: 8,
    agreeing: 6,
    medianDelay_s: 25,
  });
  expect(summaryOf([])).toMatchObject({ eligible: 0, delivered: 0, medianDelay_s: null });
});

test("what was meant for Meta and is lost is said, and nothing where nothing is", () => {
  const said = (figures: typeof FIGURES) =>
    textOf(<FiguresSection period="7d" present={summaryOf(figures)} before={summaryOf([])} />);
  expect(said(FIGURES)).toContain("Meta refused 1 event");
  expect(said(FIGURES)).toContain("2 events were too old for Meta when they could be sent");
  expect(said(FIGURES.filter(({ outcome }) => outcome === "delivered"))).not.toMatch(/refused|too old/);
});

test("a period ends today, and the one before it has as many days", () => {
  const on = (day: string) => aFigure({ day });
  const figures = [on("2026-11-09"), on("2026-11-10"), on("2026-11-16"), on("2026-11-17"), on("2026-11-23")];
  const { present, before } = splitByPeriod(figures, "7d", "2026-11-23");
  expect(present.map(({ day }) => day)).toEqual(["2026-11-17", "2026-11-23"]);
  expect(before.map(({ day }) => day)).toEqual(["2026-11-10", "2026-11-16"]);
  expect(daysOf("today", "2026-11-23")).toEqual(["2026-11-23"]);
  expect(daysOf("90d", "2026-03-01")).toHaveLength(90);
  expect(daysOf("7d", "2026-03-01")[0]).toBe("2026-02-23");
});

test("the address names the period, and anything else means seven days", () => {
  expect(periodIn(new URLSearchParams("period=30d"))).toBe("30d");
  expect(periodIn(new URLSearchParams("period=toString"))).toBe("7d");
  expect(periodIn(new URLSearchParams())).toBe("7d");
});

test("each figure stands beside that of the period before, and opens the events behind it", () => {
  const view = (
    <FiguresSection period="30d" present={summaryOf(FIGURES)} before={summaryOf([aFigure({ events: 3 })])} />
  );
  expect(textOf(view)).toMatch(/Accepted by Meta .*12 events.* 12 30 days before: 3/);
  expect(textOf(view)).toContain("25 s");
  for (const query of [
    "period=30&amp;outcome=eligible",
    "period=30&amp;outcome=delivered",
    "period=30&amp;outcome=withheld",
    "period=30&amp;outcome=refused",
    "period=30&amp;outcome=expired",
    "period=30&amp;outcome=delivered&amp;legs=matched",
    "period=30&amp;outcome=delivered&amp;legs=both",
  ]) {
    expect(htmlOf(view)).toContain(`href="/app/events?${query}"`);
  }
});

test.each(PERIODS)("what a figure of %s opens is filtered by all that the link says", (period) => {
  const html = htmlOf(<FiguresSection period={period} present={summaryOf(FIGURES)} before={summaryOf([])} />);
  const links = [...html.matchAll(/href="(\/app\/events\?[^"]*)"/g)].map(([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
  expect(links.length).toBeGreaterThan(6);
  for (const link of links) {
    const asked = new URL(link, "https://app.example").searchParams;
    const { filter } = readEventQuery(asked);
    expect(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""))).toEqual(
      Object.fromEntries(asked),
    );
  }
});

test("the sentence about the orders leads to those that Meta has not got, where there are any", () => {
  const account = (notSent: number): OrderAccount => ({
    kind: "orders",
    counts: { sent: 3, notSent, waiting: 0, onTheWay: 0, needYou: 0 },
    doubt: null,
    comparedUntil: null,
    sinceInstallation: false,
  });
  const link = 'href="/app/events?period=7&amp;event=Purchase&amp;legs=none"';
  expect(htmlOf(<OrderSentence account={account(2)} />)).toContain(link);
  expect(htmlOf(<OrderSentence account={account(0)} />)).not.toContain("/app/events");
});
