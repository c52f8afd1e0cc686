import type { FormEventHandler } from "react";
import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadsView } from "../../server/lead-port-types.ts";
import { LeadFilterForm } from "./lead-filter-form.tsx";
import { type LeadFilter, leadsUrl } from "./lead-links.ts";
import { LeadTable } from "./lead-table.tsx";
import { RefusedCard } from "./refused-card.tsx";
import { StageCounts } from "./stage-counts.tsx";

export type LeadsProps = LeadsView & {
  readonly filter: LeadFilter;
  /** False on the newest page. */
  readonly isOlderPage: boolean;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Leads by stage, the leads themselves, and the reports that changed nothing. */
export function LeadsPage(props: LeadsProps) {
  const { counts, page, refused, funnel, filter, isOlderPage, busy, onSubmit } = props;
  const { text } = useWords();
  const isFiltered = isOlderPage || leadsUrl(filter) !== leadsUrl({});
  const isEmpty = !isFiltered && page.rows.length === 0;
  return (
    <s-page heading={text("frame.page.leads")} inlineSize="large">
      <s-button slot="secondary-actions" href="/app/leads/setup">
        {text("leadsPage.setup")}
      </s-button>
      <s-paragraph color="subdued">{text("leadsPage.introduction")}</s-paragraph>
      {!isEmpty && <StageCounts counts={counts} funnel={funnel} filter={filter} />}
      {!isEmpty && (
        <s-section accessibilityLabel={text("leadsPage.filter")}>
          <LeadFilterForm
            key={leadsUrl(filter)}
            filter={filter}
            stages={funnel.stages}
            busy={busy}
            onSubmit={onSubmit}
          />
        </s-section>
      )}
      <s-section padding="none" accessibilityLabel={text("leadsPage.list")}>
        {page.rows.length === 0 ? <NoLeads isFiltered={isFiltered} /> : <LeadTable rows={page.rows} funnel={funnel} />}
      </s-section>
      <Paging page={page} filter={filter} isOlderPage={isOlderPage} />
      <RefusedCard refused={refused} funnel={funnel} filter={filter} />
    </s-page>
  );
}

function NoLeads({ isFiltered }: { readonly isFiltered: boolean }) {
  const { text } = useWords();
  return isFiltered ? (
    <NothingHere
      heading={text("leadsPage.no-match")}
      text={text("leadsPage.no-match.text")}
      link={{ label: text("leadsPage.filter.clear"), url: "/app/leads" }}
    />
  ) : (
    <NothingHere
      heading={text("leadsPage.none")}
      text={text("leadsPage.none.text")}
      link={{ label: text("leadsPage.setup"), url: "/app/leads/setup" }}
    />
  );
}

function Paging({ page, filter, isOlderPage }: Pick<LeadsProps, "page" | "filter" | "isOlderPage">) {
  const { text } = useWords();
  if (page.nextCursor === null && !isOlderPage) return null;
  return (
    <s-stack direction="inline" gap="small" justifyContent="center">
      {isOlderPage && <s-button href={leadsUrl(filter)}>{text("leadsPage.newest")}</s-button>}
      {page.nextCursor !== null && (
        <s-button href={leadsUrl(filter, { cursor: page.nextCursor })}>{text("leadsPage.older")}</s-button>
      )}
    </s-stack>
  );
}
