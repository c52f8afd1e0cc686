import { describe, expect, test } from "vitest";
import { compare, type Counted, type Evidence, type Sold } from "../programs/chaos/compare.ts";

const SOLD_AT = new Date("2026-11-20T12:00:00Z");
const sold = (n: number, expected: Sold["expected"] = "send"): Sold => ({
  eventId: `purchase.tea.${n}`,
  orderId: String(n),
  soldAt: SOLD_AT,
  expected,
});
const counted = (n: number, changes: Partial<Counted> = {}): Counted => ({
  eventId: `purchase.tea.${n}`,
  orderId: String(n),
  copies: 1,
  eventTimes: 1,
  firstReceivedAt: new Date(SOLD_AT.getTime() + 3_000),
  ...changes,
});
const compared = (evidence: Partial<Evidence>) =>
  compare({ sold: [], counted: [], ledger: new Map(), faults: {}, ...evidence });

describe("the chaos run's comparison", () => {
  test("finds nothing wrong if every order was counted once or withheld with a reason", () => {
    const { report, problems } = compared({
      sold: [sold(1), sold(2, "withhold"), sold(3, "refuse")],
      counted: [counted(1)],
      ledger: new Map([
        ["purchase.tea.2", { state: "withheld", reason: "test-order" }],
        ["purchase.tea.3", { state: "refused", reason: "bad" }],
      ]),
    });
    expect(problems).toEqual([]);
    expect(report).toEqual({
      ...{ orders: 3, delivered: 1, lost: 0, doubleCounted: 0, resent: 0, late: 0, faults: {} },
      withheld: { "test-order": 1, "refused-by-meta": 1 },
    });
  });

  test.each([
    ["an order that nobody knows of", undefined],
    ["an order that still waits", { state: "queued", reason: null }],
    ["an order that was withheld although it should have been sent", { state: "withheld", reason: "no-pixel" }],
  ])("calls %s lost", (_, end) => {
    const ledger = new Map(end === undefined ? [] : [["purchase.tea.1", end]]);
    const { report, problems } = compared({ sold: [sold(1)], ledger });
    expect(report.lost).toBe(1);
    expect(problems).toEqual([expect.stringContaining("purchase.tea.1 is lost")]);
  });

  test("treats a copy with the same ID and time as the same event, and one with another time as a second sale", () => {
    expect(compared({ sold: [sold(1)], counted: [counted(1, { copies: 2 })] }).report).toMatchObject({
      resent: 1,
      doubleCounted: 0,
    });
    expect(
      compared({ sold: [sold(1)], counted: [counted(1, { copies: 2, eventTimes: 2 })] }).report.doubleCounted,
    ).toBe(1);
  });

  test("detects an order counted under two IDs, and a sale without an order", () => {
    const { report, problems } = compared({
      sold: [sold(1)],
      counted: [counted(1), counted(1, { eventId: "purchase.tea.other" })],
    });
    expect(report.doubleCounted).toBe(1);
    expect(problems.join()).toContain("purchase.tea.other was never sold");
  });

  test("detects an order sent without consent", () => {
    const { problems } = compared({ sold: [sold(1, "withhold")], counted: [counted(1)] });
    expect(problems).toEqual(["purchase.tea.1 was sent, and must not have been"]);
  });

  test("counts deliveries of more than a minute as late", () => {
    const late = counted(1, { firstReceivedAt: new Date(SOLD_AT.getTime() + 61_000) });
    expect(compared({ sold: [sold(1)], counted: [late] }).report.late).toBe(1);
  });
});
