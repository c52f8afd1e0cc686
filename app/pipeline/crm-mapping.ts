import { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import { mappingProblem } from "../leads/hooks/mapping-problem.ts";
import { problem } from "../settings/field-problem.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import type { ParsedInput } from "../settings/types.ts";
import { type TriedItem, tryMapping } from "./try-mapping.ts";

export type TriedCrmMapping = { readonly mapping: HookMapping; readonly tried: readonly TriedItem[] | null };

const LONGEST_EXAMPLE = 200_000;
const MOST_EXPLAINED = 3;

const refused = (field: string, ...messages: readonly Problem[]) =>
  ({ ok: false, problems: messages.map((message) => ({ field, message })) }) as const;

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
    ? refused("example", problem("crm.example.missing"))
    : { ok: true, value: { mapping: read.value, tried: null } };
}

function triedOn(example: string, preset: HookPreset, mapping: HookMapping): ParsedInput<TriedCrmMapping> {
  if (example.length > LONGEST_EXAMPLE) {
    return refused("example", problem("crm.example.too-long", { most: LONGEST_EXAMPLE }));
  }
  const tried = tryMapping(example, preset, mapping);
  if (!tried.ok) return refused("example", problem("crm.example.no-report"), tried.problem);
  const { items, reports } = tried.value;
  return reports > 0
    ? { ok: true, value: { mapping, tried: items } }
    : refused("example", problem("crm.example.no-report"), ...items.slice(0, MOST_EXPLAINED).flatMap(whyNot));
}

function whyNot(item: TriedItem, index: number): readonly Problem[] {
  const n = index + 1;
  return item.kind === "problem"
    ? [problem("crm.example.item", { n }), ...item.problems]
    : [problem("crm.example.ignored", { n })];
}

function parsedMapping(text: string): ParsedInput<HookMapping> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused("mapping", problem("mapping.not-json"));
  }
  const parsed = HookMapping.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refused("mapping", ...parsed.error.issues.slice(0, MOST_EXPLAINED).map(mappingProblem));
}
