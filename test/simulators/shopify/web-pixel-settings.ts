import type { WebPixelConfig } from "./extension-files.ts";
import { jsonObject } from "./http.ts";

export type WebPixelProblem = { readonly code: string; readonly field: readonly string[]; readonly message: string };
type Checked =
  | { readonly ok: true; readonly settings: Record<string, string> }
  | { readonly ok: false; readonly problem: WebPixelProblem };

const refuse = (code: string, message: string): Checked => ({
  ok: false,
  problem: { code, field: ["webPixel", "settings"], message },
});

/** A number for a text field's min and max is a number of characters. */
const RULES: Readonly<Record<string, (text: string, limit: string) => boolean>> = {
  min: (text, limit) => text.length >= Number(limit),
  max: (text, limit) => text.length <= Number(limit),
  regex: (text, limit) => new RegExp(limit).test(text),
};

/** Checks settings against the fields that the extension's TOML declares, as webPixelCreate and webPixelUpdate do. */
export function checkWebPixelSettings(raw: unknown, config: WebPixelConfig): Checked {
  // The JSON scalar takes an object or its text.
  const settings = jsonObject(typeof raw === "string" ? raw : JSON.stringify(raw ?? null));
  if (settings === null) return refuse("INVALID_CONFIGURATION_JSON", "Settings must be valid JSON.");
  const declared = new Map(config.fields.map((field) => [field.key, field]));
  const unknown = Object.keys(settings).find((key) => !declared.has(key));
  if (unknown !== undefined) return refuse("INVALID_SETTINGS", `${unknown} is not a setting of this web pixel.`);
  const checked: Record<string, string> = {};
  for (const { key, validations } of declared.values()) {
    const value = settings[key];
    if (value === undefined || value === null) {
      if (validations.some((rule) => rule.name === "min")) return refuse("INVALID_SETTINGS", `${key} is required.`);
      continue;
    }
    if (typeof value !== "string") return refuse("INVALID_SETTINGS", `${key} must be text.`);
    const broken = validations.find((rule) => !(RULES[rule.name]?.(value, rule.value) ?? true));
    if (broken) return refuse("INVALID_SETTINGS", `${key} breaks its rule ${broken.name} ${broken.value}.`);
    checked[key] = value;
  }
  return { ok: true, settings: checked };
}
