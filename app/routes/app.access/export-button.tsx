import { useState } from "react";
import { showToast } from "../../components/app-bridge.ts";
import { useWords } from "../../components/words-context.ts";

type Props = { readonly list: "changes" | "seen"; readonly label: string };

/** Saves a list as a CSV file. App Bridge adds the session token to `fetch`, and to no link. */
export function ExportButton({ list, label }: Props) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await fetch(`/app/access-export?list=${list}`);
      if (!answer.ok) throw new Error(await answer.text());
      saveAs(await answer.blob(), `tandem-${list}.csv`);
    } catch {
      showToast(words.text("access.not-exported"), true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <s-button onClick={() => void save()} {...(busy && { loading: true })}>
        {label}
      </s-button>
    </div>
  );
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
