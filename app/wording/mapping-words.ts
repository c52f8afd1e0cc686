import type { MappingWarning } from "../settings/types.ts";
import type { Words } from "./words.ts";

/** What a merchant should know before saving a mapping like this. */
export function warningIn(words: Words, warning: MappingWarning): string {
  switch (warning.kind) {
    case "primary-without-value":
      return words.text("mapping.warning.primary-without-value", { action: warning.action });
    case "primary-off":
      return words.text("mapping.warning.primary-off", { action: warning.action });
    case "one-leg":
      return words.text(`mapping.warning.${warning.legs}-alone`, { action: warning.action });
    case "purchase-renamed":
      return words.text("mapping.warning.purchase-renamed", { name: warning.as });
  }
}
