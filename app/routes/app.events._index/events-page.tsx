import type { FormEventHandler } from "react";
import type { EventPage } from "../../ledger/types.ts";
import { EventFilterForm } from "./event-filter-form.tsx";
import { type EventFilter, eventsUrl } from "./event-links.ts";
import { EventTable } from "./event-table.tsx";
import { NothingHere } from "../../components/nothing-here.tsx";

export type EventsProps = {
  readonly page: EventPage;
  readonly filter: EventFilter;
  readonly filterProblem: string | null;
  /** False on the newest page. */
  readonly isOlderPage: boolean;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** The ledger, newest first: every event with both of its legs. */
export function EventsPage({ page, filter, filterProblem, isOlderPage, busy, onSubmit }: EventsProps) {
  const filtered = filter.name !== "" || filter.order !== "";
  return (
    <s-page heading="Events" inlineSize="large">
      <s-paragraph color="subdued">
        Each line is one event, with its browser leg and its server leg. Both carry the same event ID, so Meta counts
        one.
      </s-paragraph>
      <s-section padding="none" accessibilityLabel="Events">
        <s-box padding="base">
          <EventFilterForm
            key={`${filter.name}/${filter.order}`}
            filter={filter}
            problem={filterProblem}
            busy={busy}
            onSubmit={onSubmit}
          />
        </s-box>
        {page.rows.length > 0 ? <EventTable rows={page.rows} /> : <NoEvents filtered={filtered || isOlderPage} />}
      </s-section>
      <Paging page={page} filter={filter} isOlderPage={isOlderPage} />
    </s-page>
  );
}

function NoEvents({ filtered }: { readonly filtered: boolean }) {
  if (filtered) {
    return (
      <NothingHere
        heading="No event matches"
        text="Search an order by its order ID: the number in the order’s address in the Shopify admin."
        link={{ label: "Show all events", url: "/app/events" }}
      />
    );
  }
  return (
    <NothingHere
      heading="No events yet"
      text={
        "Page views and product views appear here seconds after a shopper’s browser reports them, purchases when Shopify " +
        "reports the order. Each shows whether both legs arrived and agree."
      }
      link={{ label: "Go to the setup guide", url: "/app" }}
    />
  );
}

function Paging({ page, filter, isOlderPage }: Pick<EventsProps, "page" | "filter" | "isOlderPage">) {
  if (page.nextCursor === null && !isOlderPage) return null;
  return (
    <nav aria-label="Pages of events">
      <s-stack direction="inline" justifyContent="center" gap="small-100">
        {isOlderPage && <s-button href={eventsUrl(filter, null)}>Newest events</s-button>}
        {page.nextCursor !== null && <s-button href={eventsUrl(filter, page.nextCursor)}>Older events</s-button>}
      </s-stack>
    </nav>
  );
}
