import { useState } from "react";
import { showToast } from "./app-bridge.ts";

type Props = {
  readonly url: string;
  /** The name that the file gets. */
  readonly file: string;
  readonly label: string;
  /** What the toast says if there is no file. */
  readonly problem: string;
};

/** Saves what an address answers as a file. App Bridge adds the session token to `fetch`, and to no link. */
export function ExportButton({ url, file, label, problem }: Props) {
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(await answer.text());
      saveAs(await answer.blob(), file);
    } catch {
      showToast(problem, true);
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
