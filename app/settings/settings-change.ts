import { DEFAULT_MAPPING } from "./event-mapping.ts";
import { hasMapping, parseEventMapping } from "./parse-event-mapping.ts";
import type { Settings } from "./types.ts";
import { type ParsedInput, parseSettingsInput, type SettingsChange } from "./validate-settings.ts";

/** What a form or a command changes of the settings: the plain fields, and the mapping where the input speaks of it. */
export function changeFrom(input: Readonly<Record<string, string>>, before: Settings): ParsedInput<SettingsChange> {
  const plain = parseSettingsInput(input);
  if (!hasMapping(input)) return plain;
  const mapping = parseEventMapping(input, before.mapping ?? DEFAULT_MAPPING);
  if (!plain.ok || !mapping.ok) {
    return { ok: false, problems: [plain, mapping].flatMap((read) => (read.ok ? [] : read.problems)) };
  }
  return { ok: true, value: { ...plain.value, mapping: mapping.value } };
}
