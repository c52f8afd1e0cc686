import { describe, expect, test } from "vitest";
import { toastFor } from "../../app/components/settings/settings-outcome.ts";
import { withFormRules } from "../../app/settings/form-fields.ts";
import { SETTINGS_PAGE_NAMES } from "../../app/settings/settings-pages.ts";
import { problem } from "../../app/settings/field-problem.ts";
import type { NoAnswerRule } from "../../app/consent/types.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { changeFrom } from "../../app/settings/settings-change.ts";
import type { Settings } from "../../app/settings/types.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { fieldNamed, htmlOf, textOf } from "./dashboard/html-of.tsx";
import { aPixel, aProfile } from "./dashboard/samples.ts";
import { settingsPage } from "./dashboard/settings-pages.tsx";

test("the token field is empty even if a token is stored, and the page says that one is", () => {
  const html = htmlOf(settingsPage("pixels"));
  expect(fieldNamed(html, "token")).toContain("<s-password-field");
  expect(fieldNamed(html, "token")).toContain('value=""');
  expect(html).toContain("A token is stored.");
});

test("a token that leaks into the page's data is still not rendered", () => {
  const leaky = { ...aPixel(), token: "EAA-secret-token", sealedToken: "sealed:v1:secret" };
  expect(htmlOf(settingsPage("pixels", { profile: aProfile({ pixels: [leaky] }) }))).not.toMatch(/secret/);
});

test("each problem is shown at its own field", () => {
  const html = htmlOf(
    settingsPage("pixels", {
      outcome: { kind: "pixel-invalid", problems: [{ field: "pixelId", message: problem("pixel-id.digits") }] },
    }),
  );
  expect(fieldNamed(html, "pixelId")).toContain('error="A Meta pixel ID has digits only. ');
  expect(fieldNamed(html, "token")).not.toContain("error=");
});

test("a problem without a field is shown above the form", () => {
  const text = textOf(
    settingsPage("purchase", {
      outcome: { kind: "settings-invalid", problems: [{ field: "shop", message: problem("assumed.shop") }] },
    }),
  );
  expect(text).toContain("A shop is named like");
});

test.each([
  ["purchase", ["purchaseTrigger", "valueBasis", "giftCards"]],
  ["storefront-events", ["storefrontMode", "contentId", "primaryEvent"]],
] as const)("every choice on the page %s is a menu under its own name", (name, fields) => {
  const html = htmlOf(settingsPage(name));
  for (const field of fields) expect(fieldNamed(html, field), field).toContain("<s-select");
});

test("what is typed in has the saved value", () => {
  expect(fieldNamed(htmlOf(settingsPage("advanced")), "contextWaitSeconds")).toContain('value="90"');
  expect(fieldNamed(htmlOf(settingsPage("storefront-events")), "contentCountry")).toContain('value="US"');
});

test("on the first day four fields are to be filled in, and later those of a pixel", () => {
  const visible = (pixels: ReturnType<typeof aPixel>[]) => {
    const html = htmlOf(settingsPage("pixels", { profile: aProfile({ pixels }) })).replace(
      /<div hidden[^]*?<\/div>/g,
      "",
    );
    return [...html.matchAll(/<s-[a-z-]*(?:field|select)(?=[^>]* name="(\w+)")/g)].map(([, name]) => name);
  };
  expect(visible([])).toEqual(["pixelId", "token", "testEventCode", "purchaseTrigger"]);
  expect(visible([aPixel()])).toEqual(["pixelId", "token", "testEventCode"]);
});

test.each(SETTINGS_PAGE_NAMES)(
  "the page %s leads to every other one and to the versions, and says which one it is",
  (name) => {
    const html = htmlOf(settingsPage(name));
    const nav = /<nav[^]*?<\/nav>/.exec(html)?.[0] ?? "";
    expect(nav.match(/<s-link href="\/app\/settings/g)).toHaveLength(SETTINGS_PAGE_NAMES.length);
    expect(nav.match(/aria-current="page"/g)).toHaveLength(1);
  },
);

test("the tag that makes an order count is a field where orders count by a tag, and else left alone", () => {
  const orders = { ...DEFAULT_ORDER_SETTINGS, triggerTag: "Confirmed" };
  const byTag = aProfile({ settings: settingsWith({ purchaseTrigger: "tagged", orders }) });
  expect(fieldNamed(htmlOf(settingsPage("purchase", { profile: byTag })), "triggerTag")).toContain('value="Confirmed"');
  expect(htmlOf(settingsPage("purchase"))).not.toContain('name="triggerTag"');
});

test("the page says which version of the settings the storefront uses", () => {
  expect(textOf(settingsPage("forms"))).toContain("The storefront uses the newest settings, version 4");
  expect(textOf(settingsPage("forms", { publish: { publishedVersion: 3, problem: null } }))).toContain(
    "still uses version 3",
  );
  expect(textOf(settingsPage("forms", { publish: { publishedVersion: 0, problem: "unavailable" } }))).toMatch(
    /Shopify does not answer at the moment[^]*uses no settings yet/,
  );
});

test("a pixel offers what its state allows: pause when sending, resume when paused", () => {
  const withState = (state: "active" | "paused" | "blocked") =>
    textOf(settingsPage("pixels", { profile: aProfile({ pixels: [aPixel({ state })] }) }));
  expect(withState("active")).toMatch(/Pause(?!d)/);
  expect(withState("paused")).toMatch(/Resume/);
  expect(withState("blocked")).not.toMatch(/Pause(?!d)|Resume/);
});

test("a pixel is shown as working only once Meta has confirmed its token", () => {
  const html = (hasToken: boolean, unconfirmedPixels: string[]) =>
    htmlOf(settingsPage("pixels", { profile: aProfile({ pixels: [aPixel({ hasToken })] }), unconfirmedPixels }));
  expect(html(true, [])).toMatch(/<s-badge tone="success">Sending/);
  expect(html(true, [aPixel().metaPixelId])).toMatch(/<s-badge tone="caution">Not checked yet/);
  expect(html(false, [])).toMatch(/<s-badge tone="caution">No token/);
  const { id } = aPixel();
  expect(htmlOf(settingsPage("pixels", { checking: id }))).toMatch(/<s-badge tone="caution">Being checked/);
  expect(html(true, [])).toContain("Check now");
  expect(html(false, [])).not.toContain("Check now");
});

test("a save is announced as one, and says nothing of the storefront, which it has not reached yet", () => {
  const { message, isError } = toastFor({ kind: "settings-saved", version: 5, unrehearsed: [] }, ENGLISH);
  expect(isError).toBe(false);
  expect(message).not.toMatch(/publish|storefront/);
});

describe("the form about consent", () => {
  const { settings } = aProfile();
  const noAnswerOf = (noAnswer: NoAnswerRule) =>
    /<s-[a-z-]+(?=[^>]* name="noAnswer")[^>]* value="([^"]*)"/.exec(
      htmlOf(settingsPage("consent", { profile: aProfile({ settings: { ...settings, noAnswer } }) })),
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
      /<s-select[^>]*>(?:(?!<\/s-select>)[^])*Withhold everywhere[^]*?<\/s-select>/.exec(
        htmlOf(settingsPage("consent")),
      )?.[0] ?? "";
    expect([...select.matchAll(/<s-option value="([\w-]+)"/g)].map(([, value]) => value)).toEqual([
      "as-policy",
      "regions",
      "everywhere",
    ]);
    expect(textOf(settingsPage("consent"))).toContain("withheld whatever you choose");
  });
});

describe("the form about the theme's forms", () => {
  const { settings } = aProfile();
  const html = (forms: Settings["forms"] = []) =>
    htmlOf(settingsPage("forms", { profile: aProfile({ settings: { ...settings, forms } }) }));
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
    const problems = [{ field: "forms", message: problem("forms") }];
    const shown = htmlOf(settingsPage("forms", { outcome: { kind: "settings-invalid", problems } }));
    expect(shown).toMatch(/<s-text-area[^>]*error=/);
    expect(shown.match(/Write one form per line/g)).toHaveLength(1);
  });
});
