import { useState } from "react";
import { showToast } from "../../components/app-bridge.ts";
import { useWords } from "../../components/words-context.ts";

/** Copies a text. Where the browser does not allow it, the text is shown to be copied by hand. */
export function CopyButton({ text: copied }: { readonly text: string }) {
  const { text } = useWords();
  const [byHand, setByHand] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(copied);
      showToast(text("orderPage.copied"));
    } catch {
      setByHand(true);
    }
  };
  return (
    <s-stack gap="small">
      <div>
        <s-button onClick={() => void copy()}>{text("orderPage.copy")}</s-button>
      </div>
      <s-text color="subdued">{text("orderPage.copy.details")}</s-text>
      {byHand && (
        <s-text-area
          label={text("orderPage.copy")}
          details={text("orderPage.copy.by-hand")}
          name="json"
          rows={8}
          value={copied}
        />
      )}
    </s-stack>
  );
}
