import { choicesIn, leavesOf } from "./setting-differences.ts";
import type { Settings } from "./types.ts";
import type { SettingsChange } from "./validate-settings.ts";

/** A choice that somebody else made meanwhile, and that a save would undo. */
export type Clash = { readonly field: string; readonly theirs: string | null; readonly mine: string | null };

/** The version that the author of a save filled it in from. */
export type Seen = { readonly seenVersion: number };

/** Not saved: a newer version has other choices, made by somebody else or in another tab. */
export type Superseded = {
  readonly kind: "superseded";
  readonly version: number;
  readonly savedBy: string;
  readonly savedAt: Date;
  readonly clashes: readonly Clash[];
};

type Versions = { readonly seen: Settings; readonly newest: Settings };

/**
 * What a save, filled in from the version that its author saw, would undo of the newest one. A choice that nobody
 * changed meanwhile, or that both chose alike, is none.
 */
export function clashesOf(change: SettingsChange, { seen, newest }: Versions): readonly Clash[] {
  const keys = Object.keys(change);
  const [before, now] = [leavesOf(choicesIn(seen), keys), leavesOf(choicesIn(newest), keys)];
  const mine = leavesOf({ ...choicesIn(seen), ...change }, keys);
  return [...new Set([...now.keys(), ...mine.keys()])]
    .map((field) => ({ field, theirs: now.get(field) ?? null, mine: mine.get(field) ?? null }))
    .filter(({ field, theirs, mine: own }) => theirs !== own && theirs !== (before.get(field) ?? null));
}
