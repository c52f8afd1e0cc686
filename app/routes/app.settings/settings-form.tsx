import type { FormEventHandler, ReactNode } from "react";
import { ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { SAVED_BY_BAR } from "../../components/save-bar.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem } from "../../settings/types.ts";
import { NotSaved } from "./not-saved.tsx";
import type { SavedForm, SaveTrouble } from "./settings-outcome.ts";

/** What every form of settings gets. */
export type FormProps = {
  readonly problems: readonly FieldProblem[];
  /** Why its last save came to nothing, if it is not the fault of a field. */
  readonly trouble: SaveTrouble | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** What a form gets that saves a new version of the settings. */
export type VersionedFormProps = FormProps & {
  /** The version that the form was filled in from. */
  readonly seenVersion: number;
  /** The form was put back, so that it may show the newest version. */
  readonly onStartOver: () => void;
};

type Props = VersionedFormProps & {
  readonly name: SavedForm;
  readonly heading: string;
  /** The fields that show their own problems. */
  readonly fields: readonly string[];
  readonly onReset?: () => void;
  readonly children: ReactNode;
};

/** A form that saves a part of the settings, by the save bar; `name` decides its intent and its texts. */
export function SettingsForm({ name, heading, fields, problems, trouble, onSubmit, onReset, ...rest }: Props) {
  const words = useWords();
  const { seenVersion, onStartOver, children } = rest;
  return (
    <s-section heading={heading}>
      <form
        {...SAVED_BY_BAR}
        ref={useFocusOnProblem(problems)}
        method="post"
        onSubmit={onSubmit}
        onReset={() => {
          onReset?.();
          onStartOver();
        }}
        aria-label={words.text(`settings.form.${name}`)}
        noValidate
      >
        <input type="hidden" name="intent" value={`save-${name}`} />
        <input type="hidden" name="seenVersion" value={seenVersion} />
        <s-stack gap="base">
          <NotSaved trouble={trouble} />
          <ProblemsElsewhere problems={problemsElsewhere(problems, fields)} />
          {children}
        </s-stack>
      </form>
    </s-section>
  );
}
