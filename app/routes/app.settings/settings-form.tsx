import type { FormEventHandler, ReactNode } from "react";
import { ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem } from "../../settings/types.ts";
import type { SavedForm } from "./settings-outcome.ts";

/** What every form that saves settings gets. */
export type FormProps = {
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

type Props = FormProps & {
  readonly name: SavedForm;
  readonly heading: string;
  /** The fields that show their own problems. */
  readonly fields: readonly string[];
  readonly onReset?: () => void;
  readonly children: ReactNode;
};

/** A form that saves a part of the settings; `name` decides its intent and its texts. */
export function SettingsForm({ name, heading, fields, problems, busy, onSubmit, onReset, children }: Props) {
  const words = useWords();
  return (
    <s-section heading={heading}>
      <form
        ref={useFocusOnProblem(problems)}
        method="post"
        onSubmit={onSubmit}
        onReset={onReset}
        aria-label={words.text(`settings.form.${name}`)}
        noValidate
      >
        <input type="hidden" name="intent" value={`save-${name}`} />
        <s-stack gap="base">
          <ProblemsElsewhere problems={problemsElsewhere(problems, fields)} />
          {children}
          <s-stack direction="inline" justifyContent="end">
            <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
              {words.text(`settings.save.${name}`)}
            </s-button>
          </s-stack>
        </s-stack>
      </form>
    </s-section>
  );
}
