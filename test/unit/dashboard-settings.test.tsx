import { describe, expect, test } from "vitest";
import { permissionsOf } from "../../app/access/roles.ts";
import { toastFor } from "../../app/routes/app.settings/settings-outcome.ts";
import { SettingsPage, type SettingsProps } from "../../app/routes/app.settings/settings-page.tsx";
import { formsView, withFormRules } from "../../app/routes/app.settings/forms-view.ts";
import { mappingView } from "../../app/routes/app.settings/mapping-view.ts";
import type { NoAnswerRule } from "../../app/consent/types.ts";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../app/event-contract/order-settings.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import type { Settings } from "../../app/settings/types.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { aPixel, aProfile, NO_COSTS } from "./dashboard/samples.ts";

const page = (change: Partial<SettingsProps> = {}) => (
  <SettingsPage
    permissions={permissionsOf("owner")}
    profile={aProfile()}
    mapping={mappingView(aProfile().settings)}
    forms={formsView(aProfile().settings)}
    costs={NO_COSTS}
    publish={{ publishedVersion: 4, problem: null }}
    outcome={null}
    latestOrder={null}
    busy={null}
    onSubmit={() => undefined}
    onStartOver={() => undefined}
    {...change}
  />
);

/** The tag of the field a person fills in; the small forms of the pixel list carry hidden ones of the same name. */
const fieldNamed = (html: string, name: string): string =>
  html.match(new RegExp(`<s-[a-z-]+(?=[^>]* name="${name}")[^>]*>`))?.[0] ?? "";

test("the token field is empty even if a token is stored, and the page says that one is", () => {
  const html = htmlOf(page());
  expect(fieldNamed(html, "token")).toContain("<s-password-field");
  expect(fieldNamed(html, "token")).toContain('value=""');
  expect(html).toContain("A token is stored.");
});

test("a token that leaks into the page's data is still not rendered", () => {
  const leaky = { ...aPixel(), token: "EAA-secret-token", sealedToken: "sealed:v1:secret" };
  expect(htmlOf(page({ profile: aProfile({ pixels: [leaky] }) }))).not.toMatch(/secret/);
});

test("each problem is shown at its own field", () => {
  const html = htmlOf(
    page({
      outcome: { kind: "pixel-invalid", problems: [{ field: "pixelId", message: "A Meta pixel ID has digits only." }] },
    }),
  );
  expect(fieldNamed(html, "pixelId")).toContain('error="A Meta pixel ID has digits only."');
  expect(fieldNamed(html, "token")).not.toContain("error=");
});

test("a problem without a field is shown above the form", () => {
  const text = textOf(
    page({ outcome: { kind: "settings-invalid", problems: [{ field: "shop", message: "The shop is closed." }] } }),
  );
  expect(text).toContain("The shop is closed.");
});

test("every measurement setting is a field under its own name, with the saved value", () => {
  const html = htmlOf(page());
  for (const name of ["purchaseTrigger", "valueBasis", "contentId", "storefrontMode"]) {
    expect(fieldNamed(html, name), name).toContain("<s-select");
  }
  expect(fieldNamed(html, "contextWaitSeconds")).toContain('value="90"');
  expect(fieldNamed(html, "contentCountry")).toContain('value="US"');
});

test("the tag that makes an order count is a field where orders count by a tag, and else left alone", () => {
  const orders = { ...DEFAULT_ORDER_SETTINGS, triggerTag: "Confirmed" };
  const byTag = aProfile({ settings: settingsWith({ purchaseTrigger: "tagged", orders }) });
  expect(fieldNamed(htmlOf(page({ profile: byTag })), "triggerTag")).toContain('value="Confirmed"');
  expect(htmlOf(page())).not.toContain('name="triggerTag"');
});

test("the page says which version of the settings the storefront uses", () => {
  expect(textOf(page())).toContain("The storefront uses the newest settings, version 4");
  expect(textOf(page({ publish: { publishedVersion: 3, problem: null } }))).toContain("still uses version 3");
  expect(textOf(page({ publish: { publishedVersion: 0, problem: "No answer." } }))).toContain("uses no settings yet");
});

test("a pixel offers what its state allows: pause when sending, resume when paused", () => {
  const withState = (state: "active" | "paused" | "blocked") =>
    textOf(page({ profile: aProfile({ pixels: [aPixel({ state })] }) }));
  expect(withState("active")).toMatch(/Pause(?!d)/);
  expect(withState("paused")).toMatch(/Resume/);
  expect(withState("blocked")).not.toMatch(/Pause(?!d)|Resume/);
});

test("a save that Shopify refused is not announced as a success", () => {
  const saved = { kind: "settings-saved", version: 5 } as const;
  expect(toastFor({ ...saved, publishProblem: null }, ENGLISH).isError).toBe(false);
  expect(toastFor({ ...saved, publishProblem: "No answer." }, ENGLISH).isError).toBe(true);
});

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
  const profile = aProfile({ settings: { ...settings, giftCards: "leave-out", orders } });

  /** What the form would send of each field, as it stands. */
  const sent = (html: string, name: string): string | undefined => {
    const fields = html.match(new RegExp(`<(?:input|s-[a-z-]+)(?=[^>]* name="${name}")[^>]*>`, "g")) ?? [];
    const filled = fields.filter((field) => !field.startsWith("<s-checkbox") || field.includes("checked"));
    return / value="([^"]*)"/.exec(filled.at(-1) ?? "")?.[1];
  };

  test("shows the saved values, and sends a switch in either state", () => {
    const html = htmlOf(page({ profile }));
    const names = ["giftCards", "subscribeEvent", "refundEvent", "upsellEvent", "customerSegmentation"];
    expect(names.map((name) => sent(html, name))).toEqual(["leave-out", "on", "on", "off", "on"]);
    expect(sent(html, "predictedOrders")).toBe("4");
  });

  test("marks only invalid switches", () => {
    expect(htmlOf(page({ profile }))).not.toContain("error=");
    const problems = [{ field: "upsellEvent", message: "Choose on or off." }];
    const html = htmlOf(page({ profile, outcome: { kind: "orders-invalid", problems } }));
    expect(html.match(/error="/g)).toHaveLength(1);
  });

  test("shows the rules row by row, in their order", () => {
    const html = htmlOf(page({ profile }));
    const row = (index: number) => ["action", "match", "value"].map((part) => sent(html, `rules.${index}.${part}`));
    expect(sent(html, "rules.rows")).toBe("2");
    expect([row(0), row(1)]).toEqual([
      ["withhold", "tag", "wholesale"],
      ["send", "channel", "draft"],
    ]);
  });

  test("without rules it sends an empty list, so that the last rule can be removed", () => {
    expect(sent(htmlOf(page()), "rules.rows")).toBe("0");
  });

  test("a problem of one rule is shown at that rule, and one of all rules above the form", () => {
    const problems = [
      { field: "rules.1.value", message: "Enter the name." },
      { field: "rules.rows", message: "Too many rules." },
    ];
    const html = htmlOf(page({ profile, outcome: { kind: "orders-invalid", problems } }));
    expect(fieldNamed(html, "rules.0.value")).not.toContain("error=");
    expect(fieldNamed(html, "rules.1.value")).toContain("error=");
    expect(html.match(/Enter the name\./g)).toHaveLength(1);
    expect(html.match(/Too many rules\./g)).toHaveLength(1);
  });
});

describe("the form about consent", () => {
  const { settings } = aProfile();
  const noAnswerOf = (noAnswer: NoAnswerRule) =>
    /<s-[a-z-]+(?=[^>]* name="noAnswer")[^>]* value="([^"]*)"/.exec(
      htmlOf(page({ profile: aProfile({ settings: { ...settings, noAnswer } }) })),
    )?.[1];

  test.each([
    ["as-policy", "as-policy"],
    ["everywhere", "everywhere"],
    [["US-CA", "BR"], "US-CA, BR"],
  ] as const)("sends %j as it is saved", (rule, text) => {
    expect(noAnswerOf(rule)).toBe(text);
  });

  test("offers no option that would send without required consent", () => {
    const select =
      /<s-select[^>]*>(?:(?!<\/s-select>)[^])*Withhold everywhere[^]*?<\/s-select>/.exec(htmlOf(page()))?.[0] ?? "";
    expect([...select.matchAll(/<s-option value="([\w-]+)"/g)].map(([, value]) => value)).toEqual([
      "as-policy",
      "regions",
      "everywhere",
    ]);
    expect(textOf(page())).toContain("withheld whatever you choose");
  });
});

describe("the form about the theme's forms", () => {
  const { settings } = aProfile();
  const html = (forms: Settings["forms"] = []) => htmlOf(page({ forms: formsView({ ...settings, forms }) }));
  const sent = (forms?: Settings["forms"]) => {
    const fields = [...html(forms).matchAll(/ name="(forms[.\w]*)"[^>]* value="([^"]*)"/g)];
    return withFormRules(Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value])))["forms"];
  };

  test("sends the saved values, so that a save without a change changes nothing", () => {
    const forms = [
      { form: "newsletter", as: "none" },
      { form: "#wholesale-form", as: "Contact" },
    ] as const;
    expect(changeFrom({ forms: sent(forms) ?? "" }, settings)).toEqual({ ok: true, value: { forms } });
    expect(changeFrom({ forms: sent() ?? "?" }, settings)).toEqual({ ok: true, value: { forms: [] } });
  });

  test("shows how each of Shopify's forms is reported by default", () => {
    expect([...html().matchAll(/<s-option[^>]*>As usual: (\w+)/g)].map(([, name]) => name)).toEqual([
      "Contact",
      "Lead",
      "CompleteRegistration",
    ]);
  });

  test("shows a problem at the other forms, the only field that can have one", () => {
    const problems = [{ field: "forms", message: "Write one form a line." }];
    const shown = htmlOf(page({ outcome: { kind: "forms-invalid", problems } }));
    expect(shown).toMatch(/<s-text-area[^>]*error=/);
    expect(shown.match(/Write one form a line\./g)).toHaveLength(1);
  });
});

describe("net revenue", () => {
  const { settings } = aProfile();
  const withCosts = (netRevenue: boolean, costs: SettingsProps["costs"]) =>
    htmlOf(
      page({
        costs,
        profile: aProfile({
          settings: { ...settings, orders: { ...DEFAULT_ORDER_SETTINGS, netRevenue, netRevenueCoverage: 80 } },
        }),
      }),
    );

  test("shows how many costs are known, or why none is, when it is on", () => {
    const known = { problem: null, variants: 12, withCost: 9 };
    expect(withCosts(true, known)).toContain("Of 12 sold variants, 9 have a cost in Shopify.");
    expect(withCosts(true, { ...known, problem: "Allow access to products." })).toContain("Allow access to products.");
    expect(fieldNamed(withCosts(true, known), "netRevenueCoverage")).toContain('value="80"');
  });

  test("keeps its coverage when it is off and the coverage is not shown", () => {
    expect(withCosts(false, NO_COSTS)).toMatch(/<div hidden="">(?:(?!<\/div>)[^])*name="netRevenueCoverage"/);
    expect(fieldNamed(withCosts(false, NO_COSTS), "netRevenueCoverage")).toContain('value="80"');
  });
});
