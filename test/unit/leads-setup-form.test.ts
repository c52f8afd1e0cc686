import { expect, test } from "vitest";
import { funnelFromForm, keyOf, problemsInForm } from "../../app/routes/app.leads.setup/funnel-from-form.ts";
import { DEFAULT_FUNNEL, FunnelField } from "../../app/settings/funnel.ts";
import type { Funnel } from "../../app/settings/types.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { problemIn } from "../../app/wording/field-problem-words.ts";

/** The fields as the form has them for these stages. */
const fieldsOf = ({ stages, instantFormConsent, customerMetafield }: Funnel): Record<string, string> => ({
  instantFormConsent,
  customerMetafield: customerMetafield ?? "",
  ...Object.fromEntries(
    stages.flatMap((stage, n) =>
      Object.entries({
        ...{ key: stage.key, name: stage.name, event: stage.event, kind: stage.kind },
        ...{ value: `${stage.value ?? ""}`, ltv: `${stage.predictedLtv ?? ""}`, currency: stage.currency ?? "" },
        tag: stage.customerTag ?? "",
        ...(stage.isPrimary && { primary: "on" }),
        ...(stage.mayBeSkipped && { skipped: "on" }),
      }).map(([field, value]) => [`stages.${n}.${field}`, value] as const),
    ),
  ),
});
const read = (fields: Record<string, string>) => FunnelField.safeParse(funnelFromForm(fields));

test("the form of a funnel reads back as the same funnel", () => {
  expect(read(fieldsOf(DEFAULT_FUNNEL)).data).toEqual(DEFAULT_FUNNEL);
});

test("the metafield of customers reads back, and one that cannot be is refused", () => {
  const fields = fieldsOf({ ...DEFAULT_FUNNEL, customerMetafield: "custom.lead_stage" });
  expect(read(fields).data?.customerMetafield).toBe("custom.lead_stage");
  expect(read({ ...fields, customerMetafield: "lead stage" }).success).toBe(false);
});

test("an amount may have a comma, a currency small letters, and a new stage gets its key from its name", () => {
  const fields = { ...fieldsOf(DEFAULT_FUNNEL), "stages.1.value": "40,5", "stages.1.currency": "eur" };
  const answer = read({ ...fields, "stages.1.key": "", "stages.1.name": "Zurück gerufen" });
  expect(answer.data?.stages[1]).toMatchObject({ key: "zuruck-gerufen", value: 40.5, currency: "EUR" });
});

test.each([
  ["forty", "EUR"],
  ["-1", "EUR"],
  ["1e12", "EUR"],
  ["40", ""],
])("an amount of %s in %j is refused and never guessed", (value, currency) => {
  const fields = { ...fieldsOf(DEFAULT_FUNNEL), "stages.1.value": value, "stages.1.currency": currency };
  expect(read(fields).success).toBe(false);
});

test.each([
  ["Called back!", "called-back"],
  ["***", "stage"],
  ["x".repeat(60), "x".repeat(32)],
])("a stage named %s gets the key %s", (name, key) => {
  expect(keyOf(name)).toBe(key);
});

const GERMAN = wordsFor({ language: "de", locale: "de" });
const withIds = (fields: Record<string, string>) => ({
  ...fields,
  // As if the first two had changed their places.
  ...{ "stages.0.id": "1", "stages.1.id": "0", "stages.2.id": "2", "stages.3.id": "3" },
});

test.each<[string, Record<string, string>, Record<string, RegExp>]>([
  ["nothing wrong", {}, {}],
  ["no name", { "stages.1.name": " " }, { "stages.0.name": /^Der Name einer Stufe hat 1 bis 50/ }],
  ["a long name", { "stages.2.name": "x".repeat(51) }, { "stages.2.name": /^Der Name einer Stufe/ }],
  ["an event with signs", { "stages.3.event": "Größe!" }, { "stages.3.event": /^Der Name eines Events beginnt/ }],
  ["the event of an action", { "stages.2.event": "Purchase" }, { "stages.2.event": /^Purchase ist der Name einer/ }],
  [
    "no amount and another without a currency",
    { "stages.1.value": "forty", "stages.1.currency": "EUR", "stages.2.ltv": "5" },
    { "stages.0.value": /^Ein Betrag ist eine Zahl/, "stages.2.currency": /braucht dessen Währung/ },
  ],
  [
    "a negative lifetime value",
    { "stages.2.ltv": "-5", "stages.2.currency": "EUR" },
    { "stages.2.ltv": /^Ein Betrag/ },
  ],
  ["no currency of this world", { "stages.2.currency": "EURO" }, { "stages.2.currency": /drei Buchstaben/ }],
  ["a long tag", { "stages.2.tag": "x".repeat(256) }, { "stages.2.tag": /1 bis 255 Zeichen/ }],
  ["two of a tag", { "stages.1.tag": "hot", "stages.2.tag": "HOT" }, { "stages.2.tag": /denselben Kunden-Tag/ }],
  ["two of a name", { "stages.2.name": "Qualified" }, { "stages.2.name": /denselben Schlüssel oder Namen/ }],
  ["the name reopen", { "stages.1.name": "Reopen" }, { "stages.0.name": /^reopen öffnet/ }],
  ["two of an event", { "stages.2.event": "leadqualified" }, { "stages.2.event": /denselben Event-Namen/ }],
  ["two primary ones", { "stages.2.primary": "on" }, { "stages.2.primary": /^Höchstens eine Stufe/ }],
  ["two that are won", { "stages.1.kind": "won" }, { "stages.2.kind": /^Nur eine Stufe hat die Art/ }],
  ["none that is won", { "stages.2.kind": "open" }, { "stages.2.kind": /ist die letzte auf dem Weg/ }],
  [
    "a first one that ends",
    { "stages.0.kind": "disqualified" },
    { "stages.1.kind": /^Die erste Stufe/, "stages.3.kind": /höchstens eine die Art/ },
  ],
])("with %s the problems stand at the fields of their stages, wherever these are now", (_title, changes, expected) => {
  const problems = problemsInForm(withIds({ ...fieldsOf(DEFAULT_FUNNEL), ...changes }));
  const texts = Object.fromEntries(problems.map((one) => [one.field, problemIn(GERMAN, one)]));
  expect(texts).toEqual(
    Object.fromEntries(Object.entries(expected).map(([field, text]) => [field, expect.stringMatching(text) as string])),
  );
});

test("a problem of all stages together has no field of one", () => {
  const fields = { "stages.0.name": "Lead", "stages.0.event": "LeadReceived", instantFormConsent: "stated" };
  expect(problemsInForm(fields).map(({ field }) => field)).toContain("stages");
});
