import { useWords } from "../../components/words-context.ts";
import type { LeadCounts, StageCount } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { durationIn, stageNameIn } from "../../wording/lead-words.ts";
import { type LeadFilter, leadsUrl } from "./lead-links.ts";

type Props = { readonly counts: LeadCounts; readonly funnel: Funnel; readonly filter: LeadFilter };

/** How many leads of the period and the origin reached each stage, and how long it took them. */
export function StageCounts({ counts, funnel, filter }: Props) {
  const words = useWords();
  const { text } = words;
  return (
    <s-section heading={text("leadsPage.counts")}>
      <s-paragraph>{text("leadsPage.counts.total", { count: counts.leads })}</s-paragraph>
      <s-table>
        <s-table-header-row>
          <s-table-header listSlot="primary">{text("leadsPage.stage")}</s-table-header>
          <s-table-header format="numeric">{text("leadsPage.reached")}</s-table-header>
          <s-table-header format="numeric">{text("leadsPage.share")}</s-table-header>
          <s-table-header>{text("leadsPage.median")}</s-table-header>
        </s-table-header-row>
        <s-table-body>
          {inOrder(counts.stages, funnel).map((row, index) => (
            <StageRow key={row.stage} row={row} isFirst={index === 0} {...{ counts, funnel, filter }} />
          ))}
        </s-table-body>
      </s-table>
      <s-paragraph color="subdued">{text("leadsPage.counts.plain")}</s-paragraph>
    </s-section>
  );
}

/** The funnel's stages in its order, then those that it has no more. */
function inOrder(counts: readonly StageCount[], { stages }: Funnel): readonly StageCount[] {
  const keys = stages.map(({ key }) => key);
  return [
    ...keys.map((stage) => counts.find((row) => row.stage === stage) ?? { stage, leads: 0, medianSeconds: 0 }),
    ...counts.filter(({ stage }) => !keys.includes(stage)),
  ];
}

type RowProps = Props & { readonly row: StageCount; readonly isFirst: boolean };

function StageRow({ row, isFirst, counts, funnel, filter }: RowProps) {
  const words = useWords();
  const stage = stageNameIn(words, funnel, row.stage);
  const { period, origin } = filter;
  return (
    <s-table-row data-stage={row.stage}>
      <s-table-cell>{stage}</s-table-cell>
      <s-table-cell>
        <s-link
          href={leadsUrl({ stage: row.stage, period, origin })}
          accessibilityLabel={words.text("leadsPage.reached.link", { count: row.leads, stage })}
        >
          {words.number(row.leads)}
        </s-link>
      </s-table-cell>
      <s-table-cell>{counts.leads === 0 ? "–" : words.percent(row.leads / counts.leads)}</s-table-cell>
      <s-table-cell>{isFirst || row.leads === 0 ? "–" : durationIn(words, row.medianSeconds)}</s-table-cell>
    </s-table-row>
  );
}
