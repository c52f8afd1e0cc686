import type { FormEventHandler } from "react";
import { useWords } from "../../components/words-context.ts";
import { NOT_REFUSED } from "../../leads/lead-list-types.ts";
import { STAGE_OUTCOMES } from "../../leads/types.ts";
import { LEAD_PERIODS } from "../../server/lead-port-types.ts";
import type { FunnelStage } from "../../settings/types.ts";
import { leadOriginIn, outcomeLabelIn } from "../../wording/lead-words.ts";
import type { LeadFilter } from "./lead-links.ts";

type Props = {
  readonly filter: LeadFilter;
  readonly stages: readonly FunnelStage[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Narrows the lists; every field is a part of the URL. */
export function LeadFilterForm({ filter, stages, busy, onSubmit }: Props) {
  const words = useWords();
  const { text } = words;
  const isFiltered = Object.values(filter).some((value) => value !== "");
  return (
    <form method="get" action="/app/leads" onSubmit={onSubmit} role="search" aria-label={text("leadsPage.filter")}>
      <s-stack gap="small">
        <s-text-field label={text("leadsPage.search")} name="search" value={filter.search} autocomplete="off" />
        <Choices filter={filter} stages={stages} />
        <s-stack direction="inline" gap="small">
          <s-button type="submit" {...(busy && { loading: true })}>
            {text("leadsPage.filter.apply")}
          </s-button>
          {isFiltered && (
            <s-button href="/app/leads" variant="tertiary">
              {text("leadsPage.filter.clear")}
            </s-button>
          )}
        </s-stack>
      </s-stack>
    </form>
  );
}

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 10rem), 1fr))";
const ORIGINS = ["Contact", "Lead", "CompleteRegistration", "instant-form"];
const REASONS = STAGE_OUTCOMES.filter(
  (outcome) => ![...NOT_REFUSED, "key-reused", "invalid"].some((other) => other === outcome),
);

function Choices({ filter, stages }: Pick<Props, "filter" | "stages">) {
  const words = useWords();
  return (
    <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems="end">
      <Choice name="stage" filter={filter} options={stages.map(({ key, name }) => [key, name])} />
      <Choice
        name="period"
        filter={filter}
        options={LEAD_PERIODS.map((period) => [period, words.text(`leadsPage.period.${period}`)])}
      />
      <Choice name="origin" filter={filter} options={ORIGINS.map((origin) => [origin, leadOriginIn(words, origin)])} />
      <Choice
        name="reason"
        filter={filter}
        options={REASONS.map((outcome) => [outcome, outcomeLabelIn(words, outcome)])}
      />
    </s-grid>
  );
}

type ChoiceProps = {
  readonly name: "stage" | "period" | "origin" | "reason";
  readonly filter: LeadFilter;
  readonly options: readonly (readonly [value: string, label: string])[];
};

function Choice({ name, filter, options }: ChoiceProps) {
  const { text } = useWords();
  return (
    <s-select label={text(`leadsPage.${name}`)} name={name} value={filter[name]}>
      <s-option value="">{text(`leadsPage.${name}.all`)}</s-option>
      {options.map(([value, label]) => (
        <s-option key={value} value={value}>
          {label}
        </s-option>
      ))}
    </s-select>
  );
}
