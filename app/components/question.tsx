import { type FormEventHandler, useRef } from "react";
import { useWords } from "./words-context.ts";

export type QuestionProps = {
  /** Of the modal, for the button that opens it. */
  readonly id: string;
  readonly heading: string;
  /** What happens when the answer is yes. */
  readonly consequence: string;
  readonly confirm: string;
  /** The answer yes cannot be taken back. */
  readonly isCritical?: boolean;
  /** What the form sends. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where to, if not to the page itself. */
  readonly action?: string;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** On a button, this opens the question. */
export const opens = (id: string) => ({ commandFor: id, command: "--show" }) as const;

/** Asks before a form is sent, in a modal. Cancelling leaves everything as it is. */
export function Question({ id, heading, consequence, confirm, isCritical, fields, action, onSubmit }: QuestionProps) {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  return (
    <>
      <form ref={form} method="post" {...(action !== undefined && { action })} onSubmit={onSubmit} hidden>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
      <s-modal id={id} heading={heading}>
        <s-paragraph>{consequence}</s-paragraph>
        <s-button
          slot="primary-action"
          variant="primary"
          commandFor={id}
          command="--hide"
          onClick={() => form.current?.requestSubmit()}
          {...(isCritical === true && { tone: "critical" as const })}
        >
          {confirm}
        </s-button>
        <s-button slot="secondary-actions" commandFor={id} command="--hide">
          {words.text("settings.cancel")}
        </s-button>
      </s-modal>
    </>
  );
}
