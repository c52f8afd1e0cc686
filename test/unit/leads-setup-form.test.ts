import { expect, test } from "vitest";
import { funnelFromForm, keyOf } from "../../app/routes/app.leads.setup/funnel-from-form.ts";
import { DEFAULT_FUNNEL, FunnelField } from "../../app/settings/funnel.ts";
import type { Funnel } from "../../app/settings/types.ts";

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
