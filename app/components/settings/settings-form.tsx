import type { ReactNode } from "react";
import { SETTINGS_PAGES, type VersionedPage } from "../../settings/settings-pages.ts";
import type { FieldProblem } from "../../settings/types.ts";
import { ProblemsElsewhere } from "../field-problems.tsx";
import { SAVED_BY_BAR } from "../save-bar.tsx";
import { useFocusOnProblem } from "../use-focus-on-problem.ts";
import { useWords } from "../words-context.ts";
import { NotSaved } from "./not-saved.tsx";
import { problemsOf, troubleOf } from "./settings-outcome.ts";
import { RehearsedSave } from "./rehearsed-save.tsx";
import type { SettingsForms } from "./use-settings-page.ts";

type Props = {
  readonly page: VersionedPage;
  readonly forms: SettingsForms;
  /** Whether a field shows its own problem, besides those named as the choices of the page. */
  readonly shows?: (field: string) => boolean;
  readonly onReset?: () => void;
  readonly children: (problems: readonly FieldProblem[]) => ReactNode;
};

/** The one form of a settings page: what it saves is one version of the settings, by the save bar. */
export function SettingsForm({ page, forms, shows, onReset, children }: Props) {
  const words = useWords();
  const problems = problemsOf(forms.outcome, "settings-invalid");
  const isShown = (field: string): boolean =>
    shows?.(field) === true || SETTINGS_PAGES[page].some((choice) => choice === field);
  return (
    <form
      {...SAVED_BY_BAR}
      ref={useFocusOnProblem(problems)}
      method="post"
      onSubmit={forms.onSubmit}
      onReset={() => {
        onReset?.();
        forms.onStartOver();
      }}
      aria-label={words.text(`settings.page.${page}`)}
      noValidate
    >
      <input type="hidden" name="intent" value={SAVE_SETTINGS} />
      <input type="hidden" name="seenVersion" value={forms.seenVersion} />
      <input type="hidden" name="rehearsed" defaultValue="" />
      <s-stack gap="base">
        <RehearsedSave outcome={forms.outcome} isBusy={forms.busy !== null} />
        <NotSaved trouble={troubleOf(forms.outcome, SAVE_SETTINGS)} />
        <ProblemsElsewhere problems={problems.filter(({ field }) => !isShown(field))} />
        {children(problems)}
      </s-stack>
    </form>
  );
}

const SAVE_SETTINGS = "save-settings";
