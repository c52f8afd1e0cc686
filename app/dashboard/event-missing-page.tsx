import { Card, EmptyState, Page } from "@shopify/polaris";

/** For an address that names no event of this shop. */
export function EventMissingPage() {
  return (
    <Page title="Event" backAction={{ content: "Events", url: "/app/events" }}>
      <Card>
        <EmptyState heading="There is no such event" image="" action={{ content: "Show all events", url: "/app/events" }}>
          <p>It may have been deleted after its retention time, or because the customer asked for it.</p>
        </EmptyState>
      </Card>
    </Page>
  );
}
