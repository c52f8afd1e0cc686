import type { Wording } from "../wording/wording.ts";

/** A state as a badge. Its color only repeats the label. */
export function StateBadge({ wording: { tone, label } }: { readonly wording: Wording }) {
  return <s-badge {...(tone && { tone })}>{label}</s-badge>;
}
