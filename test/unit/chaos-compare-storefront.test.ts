import { describe, expect, test } from "vitest";
import type { LedgerEnd } from "../programs/chaos/compare.ts";
import {
  compareStorefront,
  type CountedEvent,
  type Posted,
  type StorefrontEvidence,
} from "../programs/chaos/compare-storefront.ts";

const posted = (n: number, changes: Partial<Posted> = {}): Posted => ({
  ...{ eventId: `view-${n}`, isOwed: true, expected: "send" },
  ...changes,
});
const counted = (n: number, changes: Partial<CountedEvent> = {}): CountedEvent => ({
  ...{ eventId: `view-${n}`, eventName: "ViewContent", copies: 1, eventTimes: 1, isLimited: false, differences: [] },
  ...changes,
});
const DELIVERED: LedgerEnd = { state: "delivered", reason: null };
const DECLINED: LedgerEnd = { state: "withheld", reason: "consent-browser-declined" };
const compared = ({ ledger, ...evidence }: Partial<StorefrontEvidence>) =>
  compareStorefront({ posted: [], counted: [], ledger: ledger ?? new Map([["view-1", DELIVERED]]), ...evidence });

describe("the chaos run's comparison of storefront events", () => {
  test("finds nothing wrong if every owed event was counted once, or ended as it had to", () => {
    const { report, problems } = compared({
      posted: [posted(1), posted(2, { expected: "withhold" }), posted(3, { expected: "refuse" })],
      counted: [counted(1)],
      ledger: new Map([
        ["view-1", DELIVERED],
        ["view-2", DECLINED],
        ["view-3", { state: "refused", reason: "bad" }],
      ]),
    });
    expect(problems).toEqual([]);
    expect(report).toEqual({
      ...{ sent: 3, delivered: 1, withheld: 1, refused: 1, lost: 0, doubleCounted: 0, resent: 0, unanswered: 0 },
    });
  });

  test.each([
    ["that nobody knows of", undefined],
    ["that still waits", { state: "queued", reason: null }],
    ["that the ledger calls delivered", DELIVERED],
    ["that was withheld although its visitor agreed", DECLINED],
    ["that was refused although Meta would have taken it", { state: "refused", reason: "bad" }],
  ])("calls an event %s and that Meta does not have lost", (_, end) => {
    const { report, problems } = compared({
      posted: [posted(1)],
      ledger: new Map(end === undefined ? [] : [["view-1", end]]),
    });
    expect(report.lost).toBe(1);
    expect(problems).toEqual([expect.stringContaining("view-1 is lost")]);
  });

  test("calls an event lost of which Meta has the browser leg only", () => {
    const browserOnly = counted(1, { copies: 0, eventTimes: 0 });
    expect(compared({ posted: [posted(1)], counted: [browserOnly] }).report).toMatchObject({ delivered: 0, lost: 1 });
  });

  test("calls an event lost that was withheld for another reason than the visitor's", () => {
    const ledger = new Map([["view-1", { state: "withheld", reason: "no-pixel" }]]);
    expect(compared({ posted: [posted(1, { expected: "withhold" })], ledger }).report.lost).toBe(1);
  });

  test("owes nothing for a post without an answer, and counts it once if it was stored", () => {
    const unanswered = posted(1, { isOwed: false });
    const nothing = compared({ posted: [unanswered], ledger: new Map() });
    expect(nothing).toMatchObject({ report: { sent: 0, lost: 0, unanswered: 1 }, problems: [] });
    expect(compared({ posted: [unanswered], counted: [counted(1)] })).toMatchObject({
      report: { sent: 0, delivered: 0, unanswered: 1 },
      problems: [],
    });
    const twice = compared({ posted: [unanswered], counted: [counted(1, { copies: 2, eventTimes: 2 })] });
    expect(twice.report.doubleCounted).toBe(1);
  });

  test("treats a copy with the same ID and time as the same event, and any other copy as a second one", () => {
    const again = compared({ posted: [posted(1)], counted: [counted(1, { copies: 3 })] });
    expect(again).toMatchObject({ report: { resent: 2, doubleCounted: 0 }, problems: [] });
    const otherTime = compared({ posted: [posted(1)], counted: [counted(1, { copies: 2, eventTimes: 2 })] });
    const otherName = compared({
      posted: [posted(1)],
      counted: [counted(1), counted(1, { eventName: "PageView", copies: 0, eventTimes: 0 })],
    });
    for (const { report, problems } of [otherTime, otherName]) {
      expect(report.doubleCounted).toBe(1);
      expect(problems).toEqual(["view-1 was counted more than once"]);
    }
  });

  test.each([
    ["one whose visitor declined", posted(1, { expected: "withhold" }), counted(1), "must not have been"],
    ["one without the limit", posted(1, { expected: "limit" }), counted(1), "without Limited Data Use"],
    ["one whose legs differ", posted(1), counted(1, { differences: ["value"] }), "differ in value"],
    ["one that nobody posted", posted(1), counted(2), "view-2 was never posted"],
  ])("names %s", (_, post, event, problem) => {
    expect(compared({ posted: [post], counted: [event] }).problems.join()).toContain(problem);
  });

  test("names an event that was sent and that the ledger calls withheld or does not know", () => {
    for (const ledger of [new Map([["view-1", DECLINED]]), new Map<string, LedgerEnd>()]) {
      const { problems } = compared({ posted: [posted(1)], counted: [counted(1)], ledger });
      expect(problems).toEqual([expect.stringContaining("view-1 was sent, and the ledger says")]);
    }
  });
});
