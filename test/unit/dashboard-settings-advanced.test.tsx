import { problem } from "../../app/settings/field-problem.ts";
import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../app/event-contract/order-settings.ts";
import { fieldNamed, htmlOf } from "./dashboard/html-of.tsx";
import { aProfile, NO_COSTS } from "./dashboard/samples.ts";
import { settingsPage, type Shown } from "./dashboard/settings-pages.tsx";

describe("the form about orders", () => {
  const orders: OrderSettings = {
    ...DEFAULT_ORDER_SETTINGS,
    refundEvent: true,
    predictedOrders: 4,
    rules: [
      { action: "withhold", match: "tag", value: "wholesale" },
      { action: "send", match: "channel", value: "draft" },
    ],
  };
  const { settings } = aProfile();
  const profile = aProfile({ settings: { ...settings, orders } });

  /** What the form would send of each field, as it stands. */
  const sent = (html: string, name: string): string | undefined => {
    const fields = html.match(new RegExp(`<(?:input|s-[a-z-]+)(?=[^>]* name="${name}")[^>]*>`, "g")) ?? [];
    const filled = fields.filter((field) => !field.startsWith("<s-checkbox") || field.includes("checked"));
    return / value="([^"]*)"/.exec(filled.at(-1) ?? "")?.[1];
  };

  test("shows the saved values, and sends a switch in either state", () => {
    const html = htmlOf(settingsPage("advanced", { profile }));
    const names = ["subscribeEvent", "refundEvent", "upsellEvent", "customerSegmentation"];
    expect(names.map((name) => sent(html, name))).toEqual(["on", "on", "off", "on"]);
    expect(sent(html, "predictedOrders")).toBe("4");
  });

  test("marks only invalid switches", () => {
    expect(htmlOf(settingsPage("advanced", { profile }))).not.toContain("error=");
    const problems = [{ field: "upsellEvent", message: problem("switch") }];
    const html = htmlOf(settingsPage("advanced", { profile, outcome: { kind: "settings-invalid", problems } }));
    expect(html.match(/error="/g)).toHaveLength(1);
  });

  test("shows the rules row by row, in their order", () => {
    const html = htmlOf(settingsPage("advanced", { profile }));
    const row = (index: number) => ["action", "match", "value"].map((part) => sent(html, `rules.${index}.${part}`));
    expect(sent(html, "rules.rows")).toBe("2");
    expect([row(0), row(1)]).toEqual([
      ["withhold", "tag", "wholesale"],
      ["send", "channel", "draft"],
    ]);
  });

  test("without rules it sends an empty list, so that the last rule can be removed", () => {
    expect(sent(htmlOf(settingsPage("advanced")), "rules.rows")).toBe("0");
  });

  test("a problem of one rule is shown at that rule, and one of all rules above the form", () => {
    const problems = [
      { field: "rules.1.value", message: problem("rule.name") },
      { field: "rules.rows", message: problem("rules.most", { most: 50 }) },
    ];
    const html = htmlOf(settingsPage("advanced", { profile, outcome: { kind: "settings-invalid", problems } }));
    expect(fieldNamed(html, "rules.0.value")).not.toContain("error=");
    expect(fieldNamed(html, "rules.1.value")).toContain("error=");
    expect(html.match(/Enter the name of the channel/g)).toHaveLength(1);
    expect(html.match(/There can be 50 rules at most/g)).toHaveLength(1);
  });
});

describe("net revenue", () => {
  const { settings } = aProfile();
  const withCosts = (netRevenue: boolean, costs: Shown["costs"]) =>
    htmlOf(
      settingsPage("advanced", {
        costs,
        profile: aProfile({
          settings: { ...settings, orders: { ...DEFAULT_ORDER_SETTINGS, netRevenue, netRevenueCoverage: 80 } },
        }),
      }),
    );

  test("shows how many costs are known, or why none is, when it is on", () => {
    const known = { problem: null, variants: 12, withCost: 9 };
    expect(withCosts(true, known)).toContain("Of 12 sold variants, 9 have a cost in Shopify.");
    expect(withCosts(true, { ...known, problem: "no-scope" })).toContain("allow it to view products");
    expect(withCosts(true, { ...known, problem: "Allow access to products." })).toContain("Allow access to products.");
    expect(fieldNamed(withCosts(true, known), "netRevenueCoverage")).toContain('value="80"');
  });

  test("keeps its coverage when it is off and the coverage is not shown", () => {
    expect(withCosts(false, NO_COSTS)).toMatch(/<div hidden="">(?:(?!<\/div>)[^])*name="netRevenueCoverage"/);
    expect(fieldNamed(withCosts(false, NO_COSTS), "netRevenueCoverage")).toContain('value="80"');
  });
});
