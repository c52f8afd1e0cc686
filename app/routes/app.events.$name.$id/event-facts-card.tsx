import type { EventForReading } from "./event-for-reading.ts";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import { useWords } from "../../components/words-context.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { netRevenueInWords } from "../../wording/net-revenue-words.ts";
import { reasonInWords } from "../../wording/reasons.ts";
import { eventState } from "../../wording/event-state.ts";
import { ORIGINS } from "../../wording/wording.ts";

/** The event's state in a sentence, and its origin. */
export function EventFactsCard({ event }: { readonly event: EventForReading }) {
  const words = useWords();
  return (
    <s-section heading={eventState(event).label}>
      <s-paragraph>
        {eventState(event).meaning}
        {event.reason !== null && ` ${reasonInWords(event.reason)}`}
      </s-paragraph>
      {event.isTest && <s-paragraph>{words.text("testing.badge.meaning")}</s-paragraph>}
      <FactList facts={factsOf(event)} />
    </s-section>
  );
}

const factsOf = (event: EventForReading): readonly Fact[] => [
  ...(event.sentAs === event.eventName ? [] : [{ term: "Sent as", value: event.sentAs }]),
  { term: "Event ID", value: event.eventId },
  ...(event.orderId === null ? [] : [{ term: "Order ID", value: event.orderId }]),
  ...(event.netRevenue === null
    ? []
    : [{ term: "Net revenue", value: netRevenueInWords(event.netRevenue, event.currency) }]),
  { term: "Happened", value: <LocalTime at={event.eventTime} seconds /> },
  { term: "Reached Tandem", value: <LocalTime at={event.createdAt} seconds /> },
  { term: "Source", value: ORIGINS[event.origin] },
  { term: "Settings", value: `Version ${String(event.settingsVersion)}` },
];
