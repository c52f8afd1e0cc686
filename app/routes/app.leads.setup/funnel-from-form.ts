import { funnelProblems } from "../../settings/funnel.ts";
import type { FieldProblem } from "../../settings/types.ts";
import type { FormFields } from "../app/fields-of-form.ts";

const MOST = 30;
const LONGEST_KEY = 32;

/** The stages of the form in their order, as the JSON that a save of the settings reads. */
export const funnelFromForm = (fields: FormFields): string => JSON.stringify(funnelIn(fields));

const funnelIn = (fields: FormFields) => ({
  stages: placesIn(fields).map((n) => stageFrom((field) => fields[`stages.${n}.${field}`]?.trim() ?? "")),
  customerMetafield: fields["customerMetafield"]?.trim() || null,
  instantFormConsent: fields["instantFormConsent"],
});

const placesIn = (fields: FormFields): readonly number[] =>
  Array.from({ length: MOST }, (_, n) => n).filter((n) => fields[`stages.${n}.name`] !== undefined);

/** The form's names of what a stage has. A stage's key comes from its name. */
const FORM_NAMES: Readonly<Record<string, string>> = {
  key: "name",
  predictedLtv: "ltv",
  customerTag: "tag",
  isPrimary: "primary",
  mayBeSkipped: "skipped",
};

/**
 * What is wrong with the form's stages, each at its field: `stages.ID.value`, by the stage's ID in the form, so that it
 * stays with the stage where somebody moves that meanwhile.
 */
export function problemsInForm(fields: FormFields): readonly FieldProblem[] {
  const places = placesIn(fields);
  return funnelProblems(funnelIn(fields)).map(({ field, message }) => {
    const [, n, name] = /^stages\.(\d+)\.(\w+)$/.exec(field) ?? [];
    if (n === undefined || name === undefined) return { field, message };
    const id = fields[`stages.${places[Number(n)]}.id`] ?? n;
    return { field: `stages.${id}.${FORM_NAMES[name] ?? name}`, message };
  });
}

const stageFrom = (field: (name: string) => string): object => ({
  key: field("key") || keyOf(field("name")),
  name: field("name"),
  event: field("event"),
  kind: field("kind"),
  value: amountIn(field("value")),
  predictedLtv: amountIn(field("ltv")),
  currency: field("currency").toUpperCase() || null,
  customerTag: field("tag") || null,
  isPrimary: field("primary") !== "",
  mayBeSkipped: field("skipped") !== "",
});

/** What is no amount stays text, which the rules refuse. */
function amountIn(text: string): number | string | null {
  if (text === "") return null;
  const amount = Number(text.replace(",", "."));
  return Number.isFinite(amount) ? amount : text;
}

/** A new stage's key, which reports may name it by; it stays when the stage is renamed. */
export const keyOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_KEY)
    .replace(/^-|-$/g, "") || "stage";
