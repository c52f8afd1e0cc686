import type { EventTotals } from "../../server/admin-ports.ts";
import { ExportButton } from "../../components/export-button.tsx";
import { useWords } from "../../components/words-context.ts";
import { stateWording } from "../../wording/state-wording.ts";
import { type EventFilter, filterQuery } from "./event-links.ts";

type Props = {
  /** Null if the filter asks for what the daily figures do not tell. */
  readonly totals: EventTotals | null;
  readonly filter: EventFilter;
  readonly mayExport: boolean;
};

/** How many events the filter leaves, by outcome, and the same lines as a file. */
export function TotalsCard({ totals, filter, mayExport }: Props) {
  const { text } = useWords();
  return (
    <s-section heading={text("events.totals")}>
      <Totals totals={totals} />
      {mayExport && (
        <ExportButton
          url={`/app/events-export?${filterQuery(filter)}`}
          file="tandem-events.csv"
          label={text("events.export")}
          problem={text("events.not-exported")}
        />
      )}
    </s-section>
  );
}

function Totals({ totals }: Pick<Props, "totals">) {
  const words = useWords();
  const { text } = words;
  if (totals === null) return <s-paragraph>{text("events.totals.uncounted")}</s-paragraph>;
  if (totals.events === 0) return <s-paragraph>{text("events.totals.none")}</s-paragraph>;
  const outcomes = totals.outcomes.map(({ outcome, events }) =>
    text("events.totals.outcome", { outcome: stateWording(words, "event", outcome).label, count: events }),
  );
  return (
    <>
      <s-paragraph>
        {text("events.totals.events", { count: totals.events, outcomes: words.list(outcomes) })}
      </s-paragraph>
      <s-paragraph color="subdued">{text("events.totals.open")}</s-paragraph>
    </>
  );
}
