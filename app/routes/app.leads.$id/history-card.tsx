import { LocalTime } from "../../components/local-time.tsx";
import { ExplainedOutcome } from "../../components/outcome-badge.tsx";
import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadFacts, LeadReport } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { namedByIn, sourceIn, stageNameIn } from "../../wording/lead-words.ts";

type Props = { readonly lead: LeadFacts; readonly funnel: Funnel };

/** Every report about the lead, oldest first, with what became of it and why. */
export function HistoryCard({ lead, funnel }: Props) {
  const { text } = useWords();
  return (
    <s-section heading={text("leadPage.history")}>
      <LineTable
        label={text("leadPage.history")}
        columns={[
          { label: text("leadsPage.stage") },
          { label: text("leadPage.history.when") },
          { label: text("leadPage.history.source") },
          { label: text("leadsPage.refused.why"), share: 2 },
        ]}
      >
        {lead.reports.map((report) => (
          <ReportRow key={report.id} report={report} funnel={funnel} />
        ))}
      </LineTable>
    </s-section>
  );
}

function ReportRow({ report, funnel }: { readonly report: LeadReport; readonly funnel: Funnel }) {
  const words = useWords();
  return (
    <Line id={report.stage}>
      <LineCell label={words.text("leadsPage.stage")}>{stageNameIn(words, funnel, report.stage)}</LineCell>
      <LineCell label={words.text("leadPage.history.when")}>
        <LocalTime at={report.happenedAt} />
      </LineCell>
      <LineCell label={words.text("leadPage.history.source")}>
        <s-stack gap="small-300">
          <s-text>{sourceIn(words, report.source)}</s-text>
          <NamedBy report={report} />
        </s-stack>
      </LineCell>
      <LineCell label={words.text("leadsPage.refused.why")} room="all">
        <ExplainedOutcome outcome={report.outcome} />
      </LineCell>
    </Line>
  );
}

/** By which rule the report, or the order that won the lead, was matched to it. */
function NamedBy({ report: { source, namedBy, orderId, orderName } }: { readonly report: LeadReport }) {
  const words = useWords();
  const rule = namedByIn(words, namedBy);
  if (orderId !== null) {
    return (
      <s-link href={`/app/orders/${orderId}`}>
        {words.text("leadPage.history.order", { order: orderName ?? orderId, rule })}
      </s-link>
    );
  }
  if (source === "form" || source === "hand") return null;
  return <s-text color="subdued">{words.text("leadPage.history.named", { rule })}</s-text>;
}
