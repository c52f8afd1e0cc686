import { DEFAULT_MAPPING } from "./event-mapping.ts";
import { hasMapping, parseEventMapping } from "./parse-event-mapping.ts";
import { hasRuleRows, parseRuleRows } from "./parse-order-rules.ts";
import type { ParsedInput, Settings } from "./types.ts";
import { parseSettingsInput, type SettingsChange } from "./validate-settings.ts";

/**
 * A settings change from a form or a command: the plain fields, and the mapping and the rules for orders if the input
 * has them. Collects the problems of all of them.
 */
export function changeFrom(input: Readonly<Record<string, string>>, before: Settings): ParsedInput<SettingsChange> {
  return merged([
    parseSettingsInput(input),
    hasMapping(input) ? as("mapping", parseEventMapping(input, before.mapping ?? DEFAULT_MAPPING)) : NOTHING,
    hasRuleRows(input) ? as("rules", parseRuleRows(input)) : NOTHING,
  ]);
}

const NOTHING: ParsedInput<SettingsChange> = { ok: true, value: {} };

const as = <Key extends keyof SettingsChange>(
  key: Key,
  read: ParsedInput<NonNullable<SettingsChange[Key]>>,
): ParsedInput<SettingsChange> => (read.ok ? { ok: true, value: { [key]: read.value } } : read);

function merged(parts: readonly ParsedInput<SettingsChange>[]): ParsedInput<SettingsChange> {
  const problems = parts.flatMap((part) => (part.ok ? [] : part.problems));
  if (problems.length > 0) return { ok: false, problems };
  const value = parts.reduce<SettingsChange>((all, part) => (part.ok ? { ...all, ...part.value } : all), {});
  return { ok: true, value };
}
