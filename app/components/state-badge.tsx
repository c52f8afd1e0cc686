import { Badge } from "@shopify/polaris";
import type { Wording } from "../wording/wording.ts";

/** A state as a badge. Its colour only repeats what the words say. */
export function StateBadge({ wording }: { readonly wording: Wording }) {
  return (
    <Badge {...(wording.tone && { tone: wording.tone })} {...(wording.progress && { progress: wording.progress })}>
      {wording.label}
    </Badge>
  );
}
