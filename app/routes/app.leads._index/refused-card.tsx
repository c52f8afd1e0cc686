import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { OutcomeBadge } from "../../components/outcome-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import type { RefusedPage, RefusedReport } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { namedByIn, sourceIn, stageNameIn, stageOutcomeIn } from "../../wording/lead-words.ts";
import { type LeadFilter, leadsUrl, leadUrl } from "./lead-links.ts";

type Props = { readonly refused: RefusedPage; readonly funnel: Funnel; readonly filter: LeadFilter };

/** The reports that changed nothing, each with its reason and what to do. */
export function RefusedCard({ refused, funnel, filter }: Props) {
  const { text } = useWords();
  return (
    <s-section heading={text("leadsPage.refused")}>
      <s-paragraph color="subdued">{text("leadsPage.refused.text")}</s-paragraph>
      {refused.rows.length === 0 ? (
        <s-paragraph>{text("leadsPage.refused.none")}</s-paragraph>
      ) : (
        <RefusedTable rows={refused.rows} funnel={funnel} />
      )}
      {refused.nextCursor !== null && (
        <s-button href={leadsUrl(filter, { refused: refused.nextCursor })}>{text("leadsPage.older")}</s-button>
      )}
    </s-section>
  );
}

function RefusedTable({ rows, funnel }: { readonly rows: readonly RefusedReport[]; readonly funnel: Funnel }) {
  const { text } = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{text("leadsPage.lead")}</s-table-header>
        <s-table-header>{text("leadsPage.stage")}</s-table-header>
        <s-table-header>{text("leadsPage.refused.when")}</s-table-header>
        <s-table-header>{text("leadsPage.refused.why")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {rows.map((row) => (
          <RefusedLine key={row.id} row={row} funnel={funnel} />
        ))}
      </s-table-body>
    </s-table>
  );
}

function RefusedLine({ row, funnel }: { readonly row: RefusedReport; readonly funnel: Funnel }) {
  const words = useWords();
  return (
    <s-table-row data-report={row.id}>
      <s-table-cell>
        <Named row={row} />
      </s-table-cell>
      <s-table-cell>{stageNameIn(words, funnel, row.stage)}</s-table-cell>
      <s-table-cell>
        <s-stack gap="small-300">
          <LocalTime at={row.receivedAt} />
          <s-text color="subdued">{sourceIn(words, row.source)}</s-text>
        </s-stack>
      </s-table-cell>
      <s-table-cell>
        <s-stack gap="small-300" alignItems="start">
          <OutcomeBadge outcome={row.outcome} />
          <s-text color="subdued">{stageOutcomeIn(words, row.outcome)}</s-text>
        </s-stack>
      </s-table-cell>
    </s-table-row>
  );
}

function Named({ row: { leadId, namedBy, named } }: { readonly row: RefusedReport }) {
  const words = useWords();
  const by = namedByIn(words, namedBy);
  const text = named === null ? by : words.text("leadsPage.named", { by, name: named });
  return <LongText>{leadId === null ? text : <s-link href={leadUrl(leadId)}>{text}</s-link>}</LongText>;
}
