import type { FormEventHandler } from "react";
import type { EventPage } from "../../ledger/types.ts";
import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";
import type { EventTotals } from "../../server/admin-ports.ts";
import { EventFilterForm } from "./event-filter-form.tsx";
import { type EventFilter, eventsUrl, filterQuery } from "./event-links.ts";
import { EventShortcuts } from "./event-shortcuts.tsx";
import { EventSearchForm } from "./event-search-form.tsx";
import { EventTable } from "./event-table.tsx";
import { TotalsCard } from "./totals-card.tsx";

export type EventsProps = {
  readonly page: EventPage;
  readonly totals: EventTotals | null;
  readonly filter: EventFilter;
  /** Whether what was searched for can be neither an order nor an event. */
  readonly isUnreadable: boolean;
  readonly pixels: readonly string[];
  readonly mayExport: boolean;
  /** False on the newest page. */
  readonly isOlderPage: boolean;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** The ledger, newest first: every event with both of its legs. */
export function EventsPage(props: EventsProps) {
  const { page, totals, filter, isUnreadable, pixels, mayExport, isOlderPage, busy, onSubmit } = props;
  const { text } = useWords();
  const query = filterQuery(filter);
  return (
    <s-page heading={text("events.list")} inlineSize="large">
      <s-paragraph color="subdued">{text("events.introduction")}</s-paragraph>
      <EventShortcuts filter={filter} />
      <s-section accessibilityLabel={text("events.search")}>
        <EventSearchForm key={filter.order} sought={filter.order} isUnreadable={isUnreadable} onSubmit={onSubmit} />
      </s-section>
      <s-section accessibilityLabel={text("events.filter")}>
        <EventFilterForm key={query} filter={filter} pixels={pixels} busy={busy} onSubmit={onSubmit} />
      </s-section>
      <TotalsCard totals={totals} filter={filter} mayExport={mayExport} />
      <s-section padding="none" accessibilityLabel={text("events.list")}>
        {page.rows.length > 0 ? <EventTable rows={page.rows} /> : <NoEvents isFiltered={query !== "" || isOlderPage} />}
      </s-section>
      <Paging page={page} filter={filter} isOlderPage={isOlderPage} />
    </s-page>
  );
}

function NoEvents({ isFiltered }: { readonly isFiltered: boolean }) {
  const { text } = useWords();
  if (isFiltered) {
    return (
      <NothingHere
        heading={text("events.no-match")}
        text={text("events.no-match.text")}
        link={{ label: text("events.no-match.link"), url: "/app/events" }}
      />
    );
  }
  return (
    <NothingHere
      heading={text("events.nothing")}
      text={text("events.nothing.text")}
      link={{ label: text("events.nothing.link"), url: "/app" }}
    />
  );
}

function Paging({ page, filter, isOlderPage }: Pick<EventsProps, "page" | "filter" | "isOlderPage">) {
  const { text } = useWords();
  if (page.nextCursor === null && !isOlderPage) return null;
  return (
    <nav aria-label={text("events.pages")}>
      <s-stack direction="inline" justifyContent="center" gap="small-100">
        {isOlderPage && <s-button href={eventsUrl(filter, null)}>{text("events.newest")}</s-button>}
        {page.nextCursor !== null && (
          <s-button href={eventsUrl(filter, page.nextCursor)}>{text("events.older")}</s-button>
        )}
      </s-stack>
    </nav>
  );
}
