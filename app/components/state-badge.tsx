import { Badge } from "@shopify/polaris";
import type { Wording } from "../wording/wording.ts";

/** A state as a badge. Its color only repeats the label. */
export function StateBadge({ wording }: { readonly wording: Wording }) {
  return (
    <Badge {...(wording.tone && { tone: wording.tone })} {...(wording.progress && { progress: wording.progress })}>
      {wording.label}
    </Badge>
  );
}
