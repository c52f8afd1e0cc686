import { ConsentReceiptView } from "../../components/consent-receipt.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { EventFactsCard } from "./event-facts-card.tsx";
import type { EventForReading } from "./event-for-reading.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LegsCard } from "./legs-card.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { UserDataCard } from "./user-data-card.tsx";
import { eventStateIn } from "../../wording/state-wording.ts";

/** One event: both legs side by side, why it was or was not sent, and Meta's answers. */
export function EventDetailPage({ event }: { readonly event: EventForReading }) {
  const words = useWords();
  const { eventName: name, orderId } = event;
  const order = event.orderName ?? orderId;
  return (
    <s-page heading={order === null ? name : words.text("eventPage.heading.order", { name, order })}>
      <s-link slot="breadcrumb-actions" href="/app/events">
        {words.text("eventPage.events")}
      </s-link>
      <s-stack direction="inline" gap="small-300">
        <TestBadge isTest={event.isTest} />
        <StateBadge wording={eventStateIn(words, event)} />
        <LegsBadge event={event} />
      </s-stack>
      <EventCards event={event} />
    </s-page>
  );
}

// eslint-disable-next-line tandem/no-literal-text -- a style
const SIDE_BY_SIDE = "repeat(auto-fit, minmax(min(100%, 20rem), 1fr))";

/** Everything that the ledger has of an event, as cards. */
export function EventCards({ event }: { readonly event: EventForReading }) {
  const { text } = useWords();
  return (
    <>
      <EventFactsCard event={event} />
      <LegsCard event={event} />
      <DeliveriesCard deliveries={event.deliveries} state={event.state} />
      <s-grid gridTemplateColumns={SIDE_BY_SIDE} gap="base" alignItems="start">
        <s-section heading={text("eventPage.consent")}>
          <ConsentReceiptView consent={event.consent} lateSignal={event.lateSignal} />
        </s-section>
        <UserDataCard userData={event.userData} sent={event.deliveries.length > 0} />
      </s-grid>
    </>
  );
}
