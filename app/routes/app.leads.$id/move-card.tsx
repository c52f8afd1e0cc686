import type { FormEventHandler } from "react";
import { OutcomeBadge } from "../../components/outcome-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { REOPEN } from "../../settings/stages.ts";
import type { Funnel } from "../../settings/types.ts";
import { stageOutcomeIn } from "../../wording/lead-words.ts";
import type { LeadOutcome } from "./lead-page.tsx";

type Props = {
  readonly funnel: Funnel;
  readonly leadId: string;
  readonly moveKey: string;
  readonly outcome: LeadOutcome | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 12rem), 1fr))";

/** Takes the lead to a stage, by the rules of every other way in. It happens at the moment of the click. */
export function MoveCard({ funnel, leadId, moveKey, outcome, busy, onSubmit }: Props) {
  const { text } = useWords();
  return (
    <s-section heading={text("leadPage.move")}>
      <form method="post" onSubmit={onSubmit} aria-label={text("leadPage.move")} noValidate>
        <input type="hidden" name="intent" value="report-stage" />
        <input type="hidden" name="leadId" value={leadId} />
        <input type="hidden" name="key" value={moveKey} />
        <s-stack gap="base">
          <s-paragraph color="subdued">{text("leadPage.move.text")}</s-paragraph>
          <Reported outcome={outcome} />
          <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems="start">
            <s-select label={text("leadPage.move.stage")} name="stage" value={funnel.stages[1]?.key ?? ""}>
              {funnel.stages.map(({ key, name }) => (
                <s-option key={key} value={key}>
                  {name}
                </s-option>
              ))}
              <s-option value={REOPEN}>{text("leadPage.move.reopen")}</s-option>
            </s-select>
            <s-text-field
              label={text("leadPage.move.value")}
              details={text("leadPage.move.value.details")}
              name="value"
              autocomplete="off"
              {...(outcome?.kind === "bad-value" && { error: text("leadPage.move.problem") })}
            />
            <s-text-field label={text("leadPage.move.currency")} name="currency" autocomplete="off" />
          </s-grid>
          <div>
            <s-button type="submit" {...(busy && { loading: true })}>
              {text("leadPage.move.send")}
            </s-button>
          </div>
        </s-stack>
      </form>
    </s-section>
  );
}

function Reported({ outcome }: Pick<Props, "outcome">) {
  const words = useWords();
  return (
    <div role="status">
      {outcome?.kind === "reported" && (
        <s-stack gap="small-300" alignItems="start">
          <OutcomeBadge outcome={outcome.outcome} />
          <s-text>{stageOutcomeIn(words, outcome.outcome)}</s-text>
        </s-stack>
      )}
    </div>
  );
}
