import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { OutcomeBadge } from "../../components/outcome-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadRow } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { leadOriginIn, stageNameIn } from "../../wording/lead-words.ts";
import { leadUrl } from "./lead-links.ts";

type Props = { readonly rows: readonly LeadRow[]; readonly funnel: Funnel };

/** A line for each lead, which leads to its page. */
export function LeadTable({ rows, funnel }: Props) {
  const { text } = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{text("leadsPage.lead")}</s-table-header>
        <s-table-header>{text("leadsPage.received")}</s-table-header>
        <s-table-header>{text("leadsPage.origin")}</s-table-header>
        <s-table-header listSlot="inline">{text("leadsPage.stage")}</s-table-header>
        <s-table-header>{text("leadsPage.consent")}</s-table-header>
        <s-table-header>{text("leadsPage.problem")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {rows.map((row) => (
          <LeadLine key={row.leadId} row={row} funnel={funnel} />
        ))}
      </s-table-body>
    </s-table>
  );
}

function LeadLine({ row, funnel }: { readonly row: LeadRow; readonly funnel: Funnel }) {
  const words = useWords();
  const name = row.externalId ?? row.leadId;
  return (
    <s-table-row data-lead={row.leadId}>
      <s-table-cell>
        <LongText>
          <s-link
            href={leadUrl(row.leadId)}
            accessibilityLabel={words.text("leadsPage.lead.link", { name, at: words.time(row.happenedAt) })}
          >
            {name}
          </s-link>
        </LongText>
      </s-table-cell>
      <s-table-cell>
        <LocalTime at={row.happenedAt} />
      </s-table-cell>
      <s-table-cell>{leadOriginIn(words, row.kind === "form" ? row.action : row.kind)}</s-table-cell>
      <s-table-cell>
        <s-badge>{stageNameIn(words, funnel, row.stage)}</s-badge>
      </s-table-cell>
      <s-table-cell>{words.text(`leadsPage.consent.${consentOf(row)}`)}</s-table-cell>
      <s-table-cell>{row.problem === null ? "–" : <OutcomeBadge outcome={row.problem} />}</s-table-cell>
    </s-table-row>
  );
}

const consentOf = ({ agreed }: LeadRow): "granted" | "declined" | "unknown" => {
  if (agreed === null) return "unknown";
  return agreed ? "granted" : "declined";
};
