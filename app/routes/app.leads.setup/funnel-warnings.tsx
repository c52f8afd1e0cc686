import { useWords } from "../../components/words-context.ts";
import type { FunnelWarning } from "../../settings/types.ts";
import { funnelWarningIn } from "../../wording/lead-words.ts";

/** What to know of the funnel. None of it prevents a save. */
export function FunnelWarnings({ warnings }: { readonly warnings: readonly FunnelWarning[] }) {
  const words = useWords();
  if (warnings.length === 0) return null;
  return (
    <s-banner tone="warning" heading={words.text("leadSetup.warnings")}>
      {warnings.map((warning) => (
        <s-paragraph key={warning.kind}>{funnelWarningIn(words, warning)}</s-paragraph>
      ))}
    </s-banner>
  );
}
