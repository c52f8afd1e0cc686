import { BlockStack, Box, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
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
    <Page title="Events" fullWidth>
      <Box paddingBlockEnd="800">
        <BlockStack gap="400">
          <Box paddingInline={{ xs: "400", sm: "0" }}>
            <Text as="p" tone="subdued">
              Each line is one event, with its browser leg and its server leg. Both carry the same event ID, so Meta
              counts one.
            </Text>
          </Box>
          <Card padding="0">
            <Box padding="400">
              <EventFilterForm
                key={`${filter.name}/${filter.order}`}
                filter={filter}
                problem={filterProblem}
                busy={busy}
                onSubmit={onSubmit}
              />
            </Box>
            {page.rows.length > 0 ? <EventTable rows={page.rows} /> : <NoEvents filtered={filtered || isOlderPage} />}
          </Card>
          <Paging page={page} filter={filter} isOlderPage={isOlderPage} />
        </BlockStack>
      </Box>
    </Page>
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
      <InlineStack align="center" gap="200">
        {isOlderPage && <Button url={eventsUrl(filter, null)}>Newest events</Button>}
        {page.nextCursor !== null && <Button url={eventsUrl(filter, page.nextCursor)}>Older events</Button>}
      </InlineStack>
    </nav>
  );
}
