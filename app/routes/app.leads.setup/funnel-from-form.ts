import type { FormFields } from "../app/fields-of-form.ts";

const MOST = 30;
const LONGEST_KEY = 32;

/** The stages of the form in their order, as the JSON that a save of the settings reads. */
export function funnelFromForm(fields: FormFields): string {
  const stages = Array.from({ length: MOST }, (_, n) => n)
    .filter((n) => fields[`stages.${n}.name`] !== undefined)
    .map((n) => stageFrom((field) => fields[`stages.${n}.${field}`]?.trim() ?? ""));
  const customerMetafield = fields["customerMetafield"]?.trim() || null;
  return JSON.stringify({ stages, customerMetafield, instantFormConsent: fields["instantFormConsent"] });
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
