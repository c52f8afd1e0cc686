import { LocalTime } from "../../components/local-time.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import type { TestDelivery, TestEvent } from "../../ledger/test-event-types.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn, stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";
import { ChecklistOf } from "./checklist-view.tsx";
import type { TestStream } from "./use-test-stream.ts";

/** The events as they come, each with Meta's answer and what it has of what Meta needs. */
export function LiveView({ live: { events, state, pause, resume } }: { readonly live: TestStream }) {
  const words = useWords();
  return (
    <s-section heading={words.text("testing.live")}>
      <s-stack gap="base">
        <s-stack direction="inline" gap="small" alignItems="center" justifyContent="space-between">
          <span role="status">{words.text(`testing.live.${state}`)}</span>
          {state === "paused" ? (
            <s-button onClick={resume}>{words.text("testing.live.resume")}</s-button>
          ) : (
            <s-button onClick={pause}>{words.text("testing.live.pause")}</s-button>
          )}
        </s-stack>
        {events.length === 0 && <s-paragraph color="subdued">{words.text("testing.live.none")}</s-paragraph>}
        {events.map((event) => (
          <TestEventCard key={`${event.eventName} ${event.eventId}`} event={event} />
        ))}
      </s-stack>
    </s-section>
  );
}

function TestEventCard({ event }: { readonly event: TestEvent }) {
  const words = useWords();
  const wording = eventStateIn(words, event);
  return (
    <s-section heading={nameOf(words, event)}>
      <s-stack gap="small">
        <s-stack direction="inline" gap="small-300" alignItems="center">
          {event.isTest ? <TestBadge isTest /> : <s-badge>{words.text("testing.real")}</s-badge>}
          <StateBadge wording={wording} />
          <LocalTime at={new Date(event.eventTime)} seconds />
        </s-stack>
        <s-paragraph>
          {wording.meaning} {event.reason !== null && reasonIn(words, event.reason, event.actionSource ?? undefined)}
        </s-paragraph>
        {event.deliveries.map((delivery) => (
          <s-paragraph key={delivery.metaPixelId}>{answerIn(words, delivery)}</s-paragraph>
        ))}
        <ChecklistOf event={event} />
        <s-link
          href={`/app/events/${encodeURIComponent(event.eventName)}/${encodeURIComponent(event.eventId)}`}
          accessibilityLabel={words.text("testing.open.of", { name: nameOf(words, event) })}
        >
          {words.text("testing.open")}
        </s-link>
      </s-stack>
    </s-section>
  );
}

const nameOf = (words: Words, { eventName, orderName, orderId }: TestEvent): string =>
  orderId === null ? eventName : words.text("testing.of-order", { name: eventName, order: orderName ?? orderId });

/** What Meta answered for one pixel, and under which code. */
function answerIn(words: Words, { metaPixelId, state, reason, answer, testEventCode }: TestDelivery): string {
  const sentence = (): string => {
    if (answer === null) {
      return reason === null ? stateWording(words, "delivery", state).meaning : reasonIn(words, reason);
    }
    if (answer.verdict === "accepted" && testEventCode !== null) {
      return words.text("testing.answer.accepted", { code: testEventCode });
    }
    return answer.message === null
      ? stateWording(words, "verdict", answer.verdict).meaning
      : reasonIn(words, answer.message);
  };
  const trace = answer?.traceId ? ` ${words.text("testing.answer.trace", { traceId: answer.traceId })}` : "";
  return `${words.text("testing.answer", { pixel: metaPixelId, answer: sentence() })}${trace}`;
}
