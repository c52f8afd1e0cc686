import { ConsentCard } from "./consent-card.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { EventFactsCard } from "./event-facts-card.tsx";
import type { EventForReading } from "./event-for-reading.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LegsCard } from "./legs-card.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { UserDataCard } from "./user-data-card.tsx";
import { eventState } from "../../wording/event-state.ts";

/** One event: both legs side by side, why it was or was not sent, and Meta's answers. */
export function EventDetailPage({ event }: { readonly event: EventForReading }) {
  return (
    <s-page heading={event.orderId === null ? event.eventName : `${event.eventName}, order ${event.orderId}`}>
      <s-link slot="breadcrumb-actions" href="/app/events">
        Events
      </s-link>
      <s-stack direction="inline" gap="small-300">
        <TestBadge isTest={event.isTest} />
        <StateBadge wording={eventState(event)} />
        <LegsBadge legsAgree={event.legsAgree} />
      </s-stack>
      <EventFactsCard event={event} />
      <LegsCard event={event} />
      <DeliveriesCard deliveries={event.deliveries} state={event.state} />
      <s-grid gridTemplateColumns="repeat(auto-fit, minmax(min(100%, 20rem), 1fr))" gap="base" alignItems="start">
        <ConsentCard consent={event.consent} lateSignal={event.lateSignal} />
        <UserDataCard userData={event.userData} sent={event.deliveries.length > 0} />
      </s-grid>
    </s-page>
  );
}
