import { describe, expect, test } from "vitest";

import { formRulesText, publishedFormRules } from "../../app/settings/form-rules.ts";
import { parsePixelInput, parseSettingsInput } from "../../app/settings/validate-settings.ts";
import { inEnglish } from "../support/field-problems.ts";

// vitest declares its matchers as anything.
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const PIXEL = { pixelId: "1234567890123456", token: "EAAB0123456789abcdefXYZ", testEventCode: "" };

describe("a pixel as typed", () => {
  test("is accepted with the surrounding spaces removed", () => {
    expect(
      parsePixelInput({ pixelId: " 1234567890123456\n", token: ` ${PIXEL.token} `, testEventCode: " test123 " }),
    ).toEqual({ ok: true, value: { metaPixelId: PIXEL.pixelId, token: PIXEL.token, testEventCode: "TEST123" } });
  });

  test("without a token keeps the stored one, without a test code has none", () => {
    expect(parsePixelInput({ ...PIXEL, token: "" })).toEqual({
      ok: true,
      value: { metaPixelId: PIXEL.pixelId, token: null, testEventCode: null },
    });
  });

  test.each([
    ["pixelId", "", /Enter the Meta pixel ID.*Events Manager: Data sources, your pixel, Settings/],
    ["pixelId", "my pixel", /digits only.*Events Manager/],
    ["pixelId", "1234", /5 to 20 digits, usually 15 or 16.*Events Manager/],
    ["pixelId", "1".repeat(21), /5 to 20 digits/],
    ["token", "EAAB 0123456789", /no spaces.*Generate access token/],
    ["token", "EAA", /8 to 1,024 characters.*starts with EAA/],
    ["token", "EAAB0123456789é", /plain letters/],
    ["testEventCode", "12345", /looks like TEST12345.*Test events/],
  ])("says what is wrong with %s %j and where to find the right one", (field, value, sentence) => {
    const result = inEnglish(parsePixelInput({ ...PIXEL, [field]: value }));
    expect(result).toEqual({ ok: false, problems: [{ field, message: matching(sentence) }] });
  });

  test("names every wrong field, once each", () => {
    const result = parsePixelInput({ pixelId: "", token: "a b", testEventCode: "x" });
    expect(result.ok ? [] : result.problems.map((problem) => problem.field)).toEqual([
      "pixelId",
      "token",
      "testEventCode",
    ]);
  });

  test("never repeats the token in an error message", () => {
    expect(JSON.stringify(parsePixelInput({ ...PIXEL, token: "secret secret" }))).not.toContain("secret secret");
  });

  test("a stand-in token of eight characters is enough", () => {
    expect(parsePixelInput({ ...PIXEL, token: "stand-in" })).toMatchObject({ ok: true });
  });
});

describe("settings as typed", () => {
  test("change only the given fields, and ignore a form's own fields", () => {
    const result = parseSettingsInput({ valueBasis: "total", intent: "save" });
    expect(result).toStrictEqual({ ok: true, value: { valueBasis: "total" } });
  });

  test("are read from text", () => {
    const typed = { contextWaitSeconds: " 0 ", contentCountry: "de", waitForPaymentDays: " 60 " };
    expect(parseSettingsInput(typed)).toStrictEqual({
      ok: true,
      value: { contextWaitSeconds: 0, contentCountry: "DE", waitForPaymentDays: 60 },
    });
  });

  test.each([
    ["purchaseTrigger", "later", /placed, or when it is paid/],
    ["valueBasis", "profit", /order total/],
    ["contentId", "name", /catalog/],
    ["contentCountry", "Germany", /two letters/],
    ["storefrontMode", "both", /web pixel or the app embed/],
    ["contextWaitSeconds", "-1", /0 to 600/],
    ["contextWaitSeconds", "601", /0 to 600/],
    ["contextWaitSeconds", "1.5", /whole seconds/],
    ["contextWaitSeconds", "", /whole seconds/],
    ["triggerTag", "", /Enter the tag/],
    ["triggerTag", "a, b", /without a comma/],
    ["triggerTag", "x".repeat(41), /at most 40/],
    ["waitForPaymentDays", "6", /7 to 60/],
    ["waitForPaymentDays", "61", /7 to 60/],
    ["waitForPaymentDays", "", /whole days/],
  ])("refuse %s=%j in a sentence", (field, value, sentence) => {
    expect(inEnglish(parseSettingsInput({ [field]: value }))).toEqual({
      ok: false,
      problems: [{ field, message: matching(sentence) }],
    });
  });
});

test("the trigger by tag is saved together with its tag, as it is on the orders", () => {
  expect(inEnglish(parseSettingsInput({ purchaseTrigger: "tagged" }))).toEqual({
    ok: false,
    problems: [{ field: "triggerTag", message: matching(/tag that makes an order count/) }],
  });
  const value = { purchaseTrigger: "tagged", triggerTag: "Paid by bank" };
  expect(parseSettingsInput({ purchaseTrigger: "tagged", triggerTag: " Paid by bank " })).toEqual({ ok: true, value });
  expect(parseSettingsInput({ purchaseTrigger: "fulfilled" }).ok).toBe(true);
});

test("every problem has a text of its own, also one deep in a value that has several forms", () => {
  const stages = [
    { key: "lead", name: "Lead", event: "Purchase" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won" },
  ];
  const sentence = matching(/^Purchase is another action’s name/);
  for (const funnel of [{ stages }, JSON.stringify({ stages })]) {
    expect(inEnglish(parseSettingsInput({ funnel }))).toEqual({
      ok: false,
      problems: [{ field: "funnel", message: sentence }],
    });
  }
  expect(inEnglish(parseSettingsInput({ funnel: { stages: [] } }))).toMatchObject({
    problems: [{ field: "funnel", message: matching(/^A funnel has 2 to 12 stages/) }],
  });
  for (const funnel of ["no JSON", 3]) {
    expect(inEnglish(parseSettingsInput({ funnel }))).toMatchObject({
      ok: false,
      problems: [{ message: matching(/^Give the stages of a lead as JSON: 2 to 12/) }],
    });
  }
});

describe("rules for forms", () => {
  const read = (forms: unknown) => inEnglish(parseSettingsInput({ forms }));

  test("are read from text, one per line or separated by semicolons, and written back the same", () => {
    const text = 'newsletter none\n#wholesale-form > form.wide Lead\nform[action="/apps/quote"] Contact';
    const given = read(text.replaceAll("\n", " ; ").replace("Lead", "lead"));
    const forms = [
      { form: "newsletter", as: "none" },
      { form: "#wholesale-form > form.wide", as: "Lead" },
      { form: 'form[action="/apps/quote"]', as: "Contact" },
    ] as const;

    expect(given).toEqual({ ok: true, value: { forms } });
    expect(formRulesText(forms)).toBe(text);
    expect(read(forms)).toEqual(given);
  });

  test("an empty text removes every rule", () => {
    expect(read(" \n")).toEqual({ ok: true, value: { forms: [] } });
  });

  test.each([
    ["contact Purchase"],
    ["contact"],
    ["toString ("],
    ["#a, #b Lead"],
    ["form[ Lead"],
    ["a{} Lead"],
    ["#1a Lead"],
    ["div >> form Lead"],
    [`${"#a ".repeat(80)}Lead`],
    [Array.from({ length: 21 }, () => "contact Lead").join(";")],
  ])("%s is refused with an example", (text) => {
    expect(read(text)).toEqual({
      ok: false,
      problems: [{ field: "forms", message: matching(/such as: newsletter none/) }],
    });
  });

  test("a rule for one form precedes the rule for its type", () => {
    expect(
      publishedFormRules([
        { form: "newsletter", as: "none" },
        { form: "#wholesale", as: "Lead" },
        { form: "registration", as: "Lead" },
      ]),
    ).toEqual([
      { form: "#wholesale", as: "Lead" },
      { form: "customer", as: "none" },
      { form: "create_customer", as: "Lead" },
    ]);
  });
});
