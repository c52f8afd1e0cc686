import { BlockStack, Box, InlineGrid, InlineStack, Page } from "@shopify/polaris";
import { ConsentCard } from "./consent-card.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { EventFactsCard } from "./event-facts-card.tsx";
import type { EventForReading } from "./event-for-reading.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LegsCard } from "./legs-card.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { UserDataCard } from "./user-data-card.tsx";
import { eventState } from "../../wording/event-state.ts";

/** One event: both legs side by side, why it was or was not sent, and Meta's answers. */
export function EventDetailPage({ event }: { readonly event: EventForReading }) {
  return (
    <Page
      title={event.orderId === null ? event.eventName : `${event.eventName}, order ${event.orderId}`}
      backAction={{ content: "Events", url: "/app/events" }}
      titleMetadata={
        <InlineStack gap="100">
          <StateBadge wording={eventState(event)} />
          <LegsBadge legsAgree={event.legsAgree} />
        </InlineStack>
      }
    >
      <Box paddingBlockEnd="800">
        <BlockStack gap="400">
          <EventFactsCard event={event} />
          <LegsCard event={event} />
          <DeliveriesCard deliveries={event.deliveries} state={event.state} />
          <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
            <ConsentCard consent={event.consent} lateSignal={event.lateSignal} />
            <UserDataCard userData={event.userData} sent={event.deliveries.length > 0} />
          </InlineGrid>
        </BlockStack>
      </Box>
    </Page>
  );
}
