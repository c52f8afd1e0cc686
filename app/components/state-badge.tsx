import type { Wording } from "../wording/state-wording.ts";

type Props = { readonly wording: Wording; readonly slot?: "accessory" };

/** A state as a badge. Its color only repeats the label. */
export function StateBadge({ wording: { tone, label }, slot }: Props) {
  return (
    <s-badge {...(tone && { tone })} {...(slot && { slot })}>
      {label}
    </s-badge>
  );
}
