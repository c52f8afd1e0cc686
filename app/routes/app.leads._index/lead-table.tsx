import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { OutcomeBadge } from "../../components/outcome-badge.tsx";
import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadRow } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { leadOriginIn, stageNameIn } from "../../wording/lead-words.ts";
import { leadUrl } from "../../components/record-urls.ts";

type Props = { readonly rows: readonly LeadRow[]; readonly funnel: Funnel };

/** A line for each lead, which leads to its page. */
export function LeadTable({ rows, funnel }: Props) {
  const { text } = useWords();
  return (
    <LineTable
      label={text("leadsPage.list")}
      columns={[
        { label: text("leadsPage.lead"), share: 2 },
        { label: text("leadsPage.received"), share: 1.5 },
        { label: text("leadsPage.origin") },
        { label: text("leadsPage.stage") },
        { label: text("leadsPage.consent") },
        { label: text("leadsPage.problem"), share: 1.5 },
      ]}
    >
      {rows.map((row) => (
        <LeadLine key={row.leadId} row={row} funnel={funnel} />
      ))}
    </LineTable>
  );
}

function LeadLine({ row, funnel }: { readonly row: LeadRow; readonly funnel: Funnel }) {
  const words = useWords();
  const name = row.externalId ?? row.leadId;
  return (
    <Line id={row.leadId}>
      <LineCell label={words.text("leadsPage.lead")}>
        <LongText>
          <s-link
            href={leadUrl(row.leadId)}
            accessibilityLabel={words.text("leadsPage.lead.link", { name, at: words.time(row.happenedAt) })}
          >
            {name}
          </s-link>
        </LongText>
      </LineCell>
      <LineCell label={words.text("leadsPage.received")}>
        <LocalTime at={row.happenedAt} />
      </LineCell>
      <LineCell label={words.text("leadsPage.origin")}>
        {leadOriginIn(words, row.kind === "form" ? row.action : row.kind)}
      </LineCell>
      <LineCell label={words.text("leadsPage.stage")}>
        <s-badge>{stageNameIn(words, funnel, row.stage)}</s-badge>
      </LineCell>
      <LineCell label={words.text("leadsPage.consent")}>{words.text(`leadsPage.consent.${consentOf(row)}`)}</LineCell>
      {row.problem !== null && (
        <LineCell label={words.text("leadsPage.problem")}>
          <OutcomeBadge outcome={row.problem} />
        </LineCell>
      )}
    </Line>
  );
}

const consentOf = ({ agreed }: LeadRow): "granted" | "declined" | "unknown" => {
  if (agreed === null) return "unknown";
  return agreed ? "granted" : "declined";
};
