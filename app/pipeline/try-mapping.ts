import { mapBody } from "../leads/hooks/map-body.ts";
import type { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { PRESETS } from "../leads/hooks/presets.ts";
import { readHookBody } from "../leads/hooks/read-body.ts";
import type { HookPreset } from "../leads/hooks/types.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import type { Result } from "../event-contract/result.ts";
import { saidByItem } from "./reports-from-request.ts";

/** What a mapping reads in one item of an example. `stated` is in clear, for the person who pasted it. */
export type TriedItem =
  | { readonly kind: "report"; readonly stated: object }
  | { readonly kind: "ignored" }
  | { readonly kind: "problem"; readonly problems: readonly Problem[] };

export type TriedMapping = Result<
  { readonly items: readonly TriedItem[]; readonly reports: number },
  { readonly problem: Problem }
>;

/** Tries a mapping on a pasted example, with the reader that webhooks go through. Stores and sends nothing. */
export function tryMapping(example: string, preset: HookPreset, mapping: HookMapping): TriedMapping {
  const body = readHookBody(example, PRESETS[preset].format);
  if (!body.ok) return body;
  const mapped = mapBody(body.value, mapping);
  if (!mapped.ok) return mapped;
  const items = mapped.value.map((one): TriedItem => {
    if (one.kind === "ignored") return one;
    if (one.kind === "problem") return { kind: "problem", problems: [one.problem] };
    // Any moment does where the mapping leaves it to the arrival.
    const read = saidByItem({ at: 0, ...one.item });
    return read.ok ? { kind: "report", stated: one.item } : { kind: "problem", problems: read.problems };
  });
  return { ok: true, value: { items, reports: items.filter(({ kind }) => kind === "report").length } };
}
