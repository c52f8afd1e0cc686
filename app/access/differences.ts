import type { Facts } from "./types.ts";

/** One field of a change, as text. Null: it had, or has, no value. */
export type Difference = { readonly field: string; readonly from: string | null; readonly to: string | null };

/** The fields that differ, with nested ones named by their path: `orders.refundEvent`. */
export function differences(before: Facts | null, after: Facts | null): readonly Difference[] {
  const [from, to] = [leavesOf(before ?? {}), leavesOf(after ?? {})];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((field) => ({ field, from: from.get(field) ?? null, to: to.get(field) ?? null }))
    .filter((difference) => difference.from !== difference.to);
}

function leavesOf(facts: Facts, path = ""): Map<string, string> {
  return new Map(
    Object.entries(facts).flatMap(([name, value]): [string, string][] => {
      if (value === null || value === undefined) return [];
      const field = `${path}${name}`;
      if (isRecord(value)) return [...leavesOf(value, `${field}.`)];
      return [[field, typeof value === "string" ? value : JSON.stringify(value)]];
    }),
  );
}

const isRecord = (value: unknown): value is Facts =>
  typeof value === "object" && value !== null && !Array.isArray(value);
