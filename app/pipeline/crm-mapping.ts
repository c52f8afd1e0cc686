import { z } from "zod";
import { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import type { ParsedInput } from "../settings/types.ts";
import { type TriedItem, tryMapping } from "./try-mapping.ts";

export type TriedCrmMapping = { readonly mapping: HookMapping; readonly tried: readonly TriedItem[] | null };

const LONGEST_EXAMPLE = 200_000;
const refused = (field: string, message: string) => ({ ok: false, problems: [{ field, message }] }) as const;

/** A preset's mapping, or one of the merchant's own, which has to read a report in an example of what the CRM sends. */
export function crmMapping(
  preset: HookPreset,
  { mapping = "", example = "" }: { readonly mapping?: string | undefined; readonly example?: string | undefined },
): ParsedInput<TriedCrmMapping> {
  const isOwn = mapping.trim() !== "";
  const read = isOwn ? parsedMapping(mapping) : ({ ok: true, value: PRESETS[preset].mapping } as const);
  if (!read.ok) return read;
  if (example.trim() !== "") return triedOn(example, preset, read.value);
  return isOwn
    ? refused("example", "Paste what your CRM sends: a mapping is tried on it before it is saved.")
    : { ok: true, value: { mapping: read.value, tried: null } };
}

function triedOn(example: string, preset: HookPreset, mapping: HookMapping): ParsedInput<TriedCrmMapping> {
  if (example.length > LONGEST_EXAMPLE) return refused("example", "An example has at most 200,000 characters.");
  const tried = tryMapping(example, preset, mapping);
  if (!tried.ok) return refused("example", `The mapping reads nothing in the example: ${tried.problem}.`);
  const { items, reports } = tried.value;
  return reports > 0
    ? { ok: true, value: { mapping, tried: items } }
    : refused("example", `The mapping reads no report in the example. ${whyNot(items)}`);
}

const whyNot = (items: readonly TriedItem[]): string =>
  items
    .slice(0, 3)
    .map((one, n) => `Item ${n}: ${one.kind === "problem" ? one.problem : "ignored by “when” or “words”"}.`)
    .join(" ");

const NOT_JSON = "The mapping is not JSON. docs/leads.md has examples.";

function parsedMapping(text: string): ParsedInput<HookMapping> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused("mapping", NOT_JSON);
  }
  const parsed = HookMapping.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refused("mapping", z.prettifyError(parsed.error).slice(0, 500));
}
