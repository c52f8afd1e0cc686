import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { noAnswerText } from "../../app/settings/no-answer-rule.ts";
import { ruleField } from "../../app/settings/parse-order-rules.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import { aProfile } from "./dashboard/samples.ts";

const { settings } = aProfile();

type Row = readonly [action: string, match: string, value: string];

const inRows = (...rows: readonly Row[]): Record<string, string> => ({
  "rules.rows": String(rows.length),
  ...Object.fromEntries(
    rows.flatMap(([action, match, value], row) => [
      [ruleField(row, "action"), action],
      [ruleField(row, "match"), match],
      [ruleField(row, "value"), value],
    ]),
  ),
});

describe("rules for orders, row by row as the form sends them", () => {
  test("are the same rules as in the command line's text", () => {
    const typed = changeFrom({ rules: "withhold tag wholesale; send channel draft" }, settings);
    const drawn = changeFrom(inRows(["withhold", "tag", "wholesale"], ["send", "channel", " draft "]), settings);
    expect(drawn).toEqual(typed);
    expect(drawn).toMatchObject({ ok: true, value: { rules: [{ value: "wholesale" }, { value: "draft" }] } });
  });

  test("a form without rows removes all rules, and an input without the field keeps them", () => {
    const before = {
      ...settings,
      orders: { ...DEFAULT_ORDER_SETTINGS, rules: [{ action: "send", match: "tag", value: "vip" }] as const },
    };
    expect(changeFrom(inRows(), before)).toEqual({ ok: true, value: { rules: [] } });
    expect(changeFrom({ refundEvent: "on" }, before)).toEqual({ ok: true, value: { refundEvent: true } });
  });

  test("a tag may contain the characters that separate rules on the command line", () => {
    const change = changeFrom(inRows(["withhold", "tag", "b2b; net 30"]), settings);
    expect(change).toMatchObject({ ok: true, value: { rules: [{ value: "b2b; net 30" }] } });
  });

  test("each problem names its row and part, together with those of the other fields", () => {
    const input = { ...inRows(["withhold", "tag", "vip"], ["burn", "tag", " "]), predictedOrders: "a lot" };
    const change = changeFrom(input, settings);
    expect(change.ok ? [] : change.problems.map(({ field }) => field).sort()).toEqual([
      "predictedOrders",
      "rules.1.action",
      "rules.1.value",
    ]);
  });

  test.each(["101", "-1", "many", "1.5"])("%s is not a valid number of rules", (rows) => {
    expect(changeFrom({ "rules.rows": rows }, settings)).toMatchObject({
      ok: false,
      problems: [{ field: "rules.rows" }],
    });
  });
});

describe("the rule for events without an answer", () => {
  test.each([
    ["everywhere", "everywhere"],
    [" us-ca, br ,", ["US-CA", "BR"]],
    ["as-policy", "as-policy"],
  ] as const)("is read from %j, and back from what is kept of it", (noAnswer, rule) => {
    expect(changeFrom({ noAnswer }, settings)).toEqual({ ok: true, value: { noAnswer: rule } });
    expect(changeFrom({ noAnswer: noAnswerText(rule) }, settings)).toEqual({
      ok: true,
      value: { noAnswer: rule },
    });
  });

  test.each(["", ",", "everybody", "Europe", "US-CALIFORNIA", Array(101).fill("US").join()])(
    "%j is refused, for there is no rule that sends more",
    (noAnswer) => {
      expect(changeFrom({ noAnswer }, settings)).toMatchObject({ ok: false, problems: [{ field: "noAnswer" }] });
    },
  );
});
