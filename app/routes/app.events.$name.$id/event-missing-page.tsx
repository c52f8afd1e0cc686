import { Card, Page } from "@shopify/polaris";
import { NothingHere } from "../../components/nothing-here.tsx";

/** Shown for a URL without a matching event of this shop. */
export function EventMissingPage() {
  return (
    <Page title="Event" backAction={{ content: "Events", url: "/app/events" }}>
      <Card padding="0">
        <NothingHere
          heading="There is no such event"
          text="It may have been deleted after its retention time, or at the customer’s request."
          link={{ label: "Show all events", url: "/app/events" }}
        />
      </Card>
    </Page>
  );
}
