import type { EventForReading } from "./event-for-reading.ts";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { versionUrl } from "../../components/version-url.ts";
import { useWords } from "../../components/words-context.ts";
import { netRevenueIn } from "../../wording/net-revenue-words.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";

/** The event's state in a sentence, and its origin. */
export function EventFactsCard({ event }: { readonly event: EventForReading }) {
  const words = useWords();
  const state = eventStateIn(words, event);
  return (
    <s-section heading={state.label}>
      <s-paragraph>
        {state.meaning}
        {event.reason !== null && ` ${reasonIn(words, event.reason, event.actionSource)}`}
      </s-paragraph>
      {event.isTest && <s-paragraph>{words.text("testing.badge.meaning")}</s-paragraph>}
      <FactList facts={factsOf(words, event)} />
    </s-section>
  );
}

const factsOf = (words: Words, event: EventForReading): readonly Fact[] => [
  ...(event.sentAs === event.eventName ? [] : [{ term: words.text("eventPage.fact.sent-as"), value: event.sentAs }]),
  { term: words.text("eventPage.fact.event-id"), value: event.eventId },
  ...(event.orderId === null ? [] : [{ term: words.text("eventPage.fact.order-id"), value: event.orderId }]),
  ...(event.netRevenue === null
    ? []
    : [{ term: words.text("netRevenue.title"), value: netRevenueIn(words, event.netRevenue, event.currency) }]),
  { term: words.text("eventPage.fact.happened"), value: <LocalTime at={event.eventTime} seconds /> },
  { term: words.text("eventPage.fact.reached"), value: <LocalTime at={event.createdAt} seconds /> },
  { term: words.text("eventPage.fact.source"), value: words.text(`legs.origin.${event.origin}`) },
  {
    term: words.text("eventPage.fact.settings"),
    value: (
      <s-link href={versionUrl(event.settingsVersion)}>
        {words.text("eventPage.fact.settings.version", { version: String(event.settingsVersion) })}
      </s-link>
    ),
  },
];
