import { useState } from "react";
import { errorAt, ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { NotSaved } from "../../components/settings/not-saved.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { LeadSetup } from "../../server/lead-port-types.ts";
import type { FieldProblem } from "../../settings/types.ts";
import type { SetupOutcome } from "./setup-outcome.ts";
import type { CardProps } from "./setup-page.tsx";
import { FunnelWarnings } from "./funnel-warnings.tsx";
import { fieldsOfStage, StageFields } from "./stage-fields.tsx";
import { useStages } from "./use-stages.ts";

type Props = CardProps & Pick<LeadSetup, "funnel" | "settingsVersion" | "warnings">;

/** The funnel. A save makes a version of the settings, and asks if somebody else saved one meanwhile. */
export function StagesCard(props: Props) {
  const { text } = useWords();
  // Another number starts over with the stages that are saved.
  const [round, setRound] = useState(0);
  return (
    <s-section heading={text("leadSetup.stages")}>
      <s-paragraph color="subdued">{text("leadSetup.stages.text")}</s-paragraph>
      <StagesForm key={round} {...props} onStartOver={() => setRound(round + 1)} />
    </s-section>
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

function StagesForm(props: Props & { readonly onStartOver: () => void }) {
  const { funnel, settingsVersion, warnings, outcome, mayChange, busy, onSubmit, onStartOver } = props;
  const { text } = useWords();
  const { stages, add, remove, move } = useStages(funnel.stages);
  const problems = outcome?.kind === "stages-invalid" ? outcome.problems : NO_PROBLEMS;
  return (
    <form
      ref={useFocusOnProblem(problems)}
      method="post"
      onSubmit={onSubmit}
      onReset={onStartOver}
      aria-label={text("leadSetup.stages")}
      noValidate
    >
      <input type="hidden" name="intent" value="save-funnel" />
      <input type="hidden" name="seenVersion" value={settingsVersion} />
      <s-stack gap="base">
        <NotSaved trouble={troubleIn(outcome)} />
        <ProblemsElsewhere
          problems={problemsElsewhere(problems, [
            "customerMetafield",
            ...stages.flatMap(({ id }) => fieldsOfStage(id)),
          ])}
        />
        {stages.map((stage, n) => (
          <StageFields
            key={stage.id}
            n={n}
            stage={stage}
            problems={problems}
            isLast={n === stages.length - 1}
            warnings={warnings.filter((warning) => "stage" in warning && warning.stage === stage.name)}
            {...{ mayChange, remove, move }}
          />
        ))}
        <FunnelWarnings warnings={warnings.filter((warning) => !("stage" in warning))} />
        <InstantFormConsent value={funnel.instantFormConsent} mayChange={mayChange} />
        <MetafieldField value={funnel.customerMetafield ?? ""} problems={problems} mayChange={mayChange} />
        {mayChange && (
          <s-stack direction="inline" gap="small">
            <s-button onClick={add}>{text("leadSetup.add")}</s-button>
            <s-button type="submit" variant="primary" {...(busy === "save-funnel" && { loading: true })}>
              {text("leadSetup.save")}
            </s-button>
          </s-stack>
        )}
      </s-stack>
    </form>
  );
}

type MetafieldProps = {
  readonly value: string;
  readonly problems: readonly FieldProblem[];
  readonly mayChange: boolean;
};

function MetafieldField({ value, problems, mayChange }: MetafieldProps) {
  const words = useWords();
  const { text } = words;
  return (
    <s-text-field
      label={text("leadSetup.metafield")}
      details={text("leadSetup.metafield.details")}
      name="customerMetafield"
      value={value}
      autocomplete="off"
      {...errorAt(words, problems, "customerMetafield")}
      {...(!mayChange && { disabled: true })}
    />
  );
}

type ConsentProps = { readonly value: LeadSetup["funnel"]["instantFormConsent"]; readonly mayChange: boolean };

function InstantFormConsent({ value, mayChange }: ConsentProps) {
  const { text } = useWords();
  return (
    <s-select
      label={text("leadSetup.instant")}
      name="instantFormConsent"
      value={value}
      {...(!mayChange && { disabled: true })}
    >
      <s-option value="stated">{text("leadSetup.instant.stated")}</s-option>
      <s-option value="given">{text("leadSetup.instant.given")}</s-option>
    </s-select>
  );
}

const troubleIn = (outcome: SetupOutcome | null) =>
  outcome?.kind === "superseded" || outcome?.kind === "lost" ? outcome : null;
