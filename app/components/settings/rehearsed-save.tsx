import { type ReactNode, useState } from "react";
import type { Unrehearsed } from "../../dry-run/rehearsal-limits.ts";
import { RehearsalView } from "../rehearsal-view.tsx";
import { UnrehearsedView } from "../unrehearsed-view.tsx";
import { useWords } from "../words-context.ts";
import type { SettingsOutcome } from "./settings-outcome.ts";

type Props = { readonly outcome: SettingsOutcome | null; readonly isBusy: boolean };

/**
 * What the save that was asked for would change, or that nobody knows, in the form, which keeps what was typed; and the
 * choice to save it. After a save that needed no question: what the rehearsal left out.
 */
export function RehearsedSave({ outcome, isBusy }: Props) {
  const { text } = useWords();
  const [declined, setDeclined] = useState<SettingsOutcome | null>(null);
  if (outcome === null || outcome === declined) return null;
  const asking = { isBusy, onDecline: () => setDeclined(outcome) };
  if (outcome.kind === "rehearsed") {
    return (
      <Question {...asking} heading={text("versions.rehearsal.question")} save={text("frame.save")}>
        <RehearsalView rehearsal={outcome.rehearsal} />
      </Question>
    );
  }
  if (outcome.kind === "not-rehearsed") {
    const save = text("versions.rehearsal.save-anyway");
    return (
      <Question {...asking} heading={text("versions.rehearsal.failed")} save={save}>
        <s-paragraph>{text("versions.rehearsal.failed.text")}</s-paragraph>
      </Question>
    );
  }
  return outcome.kind === "settings-saved" ? <SavedWithout unrehearsed={outcome.unrehearsed} /> : null;
}

function SavedWithout({ unrehearsed }: { readonly unrehearsed: readonly Unrehearsed[] }) {
  const { text } = useWords();
  return unrehearsed.length === 0 ? null : (
    <s-banner tone="info" heading={text("versions.rehearsal.saved-without")}>
      <UnrehearsedView unrehearsed={unrehearsed} />
    </s-banner>
  );
}

type QuestionProps = {
  readonly heading: string;
  readonly save: string;
  readonly isBusy: boolean;
  readonly onDecline: () => void;
  readonly children: ReactNode;
};

function Question({ heading, save, isBusy, onDecline, children }: QuestionProps) {
  const { text } = useWords();
  return (
    <s-banner tone="warning" heading={heading}>
      {children}
      <s-button
        slot="secondary-actions"
        {...(isBusy && { loading: true })}
        onClick={(event) => saveRehearsed(event.currentTarget)}
      >
        {save}
      </s-button>
      <s-button slot="secondary-actions" onClick={onDecline}>
        {text("versions.rehearsal.keep-editing")}
      </s-button>
    </s-banner>
  );
}

/** Sends the form once as one whose author has seen the rehearsal; what is changed later is rehearsed again. */
function saveRehearsed(button: Element): void {
  const form = button.closest("form");
  const rehearsed = form?.elements.namedItem("rehearsed");
  if (!form || !(rehearsed instanceof HTMLInputElement)) return;
  rehearsed.value = "yes";
  form.requestSubmit();
  rehearsed.value = "";
}
