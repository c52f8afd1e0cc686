import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { ExplainedOutcome } from "../../components/outcome-badge.tsx";
import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { useWords } from "../../components/words-context.ts";
import type { RefusedPage, RefusedReport } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { namedByIn, sourceIn, stageNameIn } from "../../wording/lead-words.ts";
import { leadUrl } from "../../components/record-urls.ts";
import { type LeadFilter, leadsUrl } from "./lead-links.ts";

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
    <LineTable
      label={text("leadsPage.refused")}
      columns={[
        { label: text("leadsPage.lead"), share: 1.5 },
        { label: text("leadsPage.stage") },
        { label: text("leadsPage.refused.when") },
        { label: text("leadsPage.refused.why"), share: 2 },
      ]}
    >
      {rows.map((row) => (
        <RefusedLine key={row.id} row={row} funnel={funnel} />
      ))}
    </LineTable>
  );
}

function RefusedLine({ row, funnel }: { readonly row: RefusedReport; readonly funnel: Funnel }) {
  const words = useWords();
  return (
    <Line id={row.id}>
      <LineCell label={words.text("leadsPage.lead")}>
        <Named row={row} />
      </LineCell>
      <LineCell label={words.text("leadsPage.stage")}>{stageNameIn(words, funnel, row.stage)}</LineCell>
      <LineCell label={words.text("leadsPage.refused.when")}>
        <s-stack gap="small-300">
          <LocalTime at={row.receivedAt} />
          <s-text color="subdued">{sourceIn(words, row.source)}</s-text>
        </s-stack>
      </LineCell>
      <LineCell label={words.text("leadsPage.refused.why")} room="all">
        <ExplainedOutcome outcome={row.outcome} />
      </LineCell>
    </Line>
  );
}

function Named({ row: { leadId, namedBy, named } }: { readonly row: RefusedReport }) {
  const words = useWords();
  const by = namedByIn(words, namedBy);
  const text = named === null ? by : words.text("leadsPage.named", { by, name: named });
  return <LongText>{leadId === null ? text : <s-link href={leadUrl(leadId)}>{text}</s-link>}</LongText>;
}
