import { LegsBadge } from "../../components/legs-badge.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadEvent, OrderDelivery } from "../../ledger/types.ts";
import type { LeadFacts } from "../../leads/lead-list-types.ts";
import type { Funnel } from "../../settings/types.ts";
import { adviceIn } from "../../wording/advice.ts";
import { leadConsentRuleIn, stageNameIn } from "../../wording/lead-words.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn, stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";

type Props = { readonly lead: LeadFacts; readonly events: readonly LeadEvent[]; readonly funnel: Funnel };

/** Both legs of the form's event, and the event of each stage, with what Meta answered. */
export function LeadEventsCard({ lead, events, funnel }: Props) {
  const words = useWords();
  const { text } = words;
  return (
    <s-section heading={text("leadPage.events")}>
      {events.length === 0 && <s-paragraph>{text("leadPage.events.none")}</s-paragraph>}
      {events.map((event) => (
        <OneEvent
          key={`${event.eventName}/${event.eventId}`}
          event={event}
          kind={lead.kind}
          name={nameOf(words, event, { lead, funnel })}
        />
      ))}
    </s-section>
  );
}

/** The form's event as Meta was sent it, and each stage by its name. */
function nameOf(words: Words, { eventId }: LeadEvent, { lead, funnel }: Pick<Props, "lead" | "funnel">): string {
  const report = lead.reports.find((one) => one.eventId === eventId && one.source !== "form");
  return report === undefined ? lead.sentAs : stageNameIn(words, funnel, report.stage);
}

type EventProps = { readonly event: LeadEvent; readonly kind: LeadFacts["kind"]; readonly name: string };

function OneEvent({ event, kind, name }: EventProps) {
  const words = useWords();
  const { text } = words;
  const url = `/app/events/${encodeURIComponent(event.eventName)}/${encodeURIComponent(event.eventId)}`;
  return (
    <s-section heading={name}>
      <s-stack gap="small">
        <s-stack direction="inline" gap="small" alignItems="center">
          <s-link href={url} accessibilityLabel={text("events.link.of", { name, at: words.time(event.eventTime) })}>
            <LocalTime at={event.eventTime} />
          </s-link>
          <LegsBadge event={event} />
        </s-stack>
        <s-stack direction="inline" gap="small-300" alignItems="center">
          <s-text color="subdued">{text("leadPage.events.browser")}</s-text>
          <StateBadge wording={stateWording(words, "browser-leg", event.browserLeg)} />
          <s-text color="subdued">{text("leadPage.events.server")}</s-text>
          <StateBadge wording={eventStateIn(words, event)} />
        </s-stack>
        {event.reason !== null && <s-text color="subdued">{reasonIn(words, event.reason, event.actionSource)}</s-text>}
        {event.consent !== null && (
          <s-text color="subdued">
            {text("leadPage.events.consent", {
              rule: leadConsentRuleIn(words, kind, event.consent.rule),
              at: words.time(new Date(event.consent.decidedAt)),
            })}
          </s-text>
        )}
        {event.deliveries.map((delivery) => (
          <LongText key={delivery.metaPixelId}>
            {text("leadPage.events.answer", { pixel: delivery.metaPixelId, answer: answerIn(words, delivery) })}
          </LongText>
        ))}
      </s-stack>
    </s-section>
  );
}

function answerIn(words: Words, { state, reason, answer }: OrderDelivery): string {
  if (answer === null) {
    if (reason !== null) return reasonIn(words, reason);
    return state === "queued"
      ? words.text("leadPage.events.not-asked")
      : stateWording(words, "delivery", state).meaning;
  }
  const { verdict, message, traceId } = answer;
  const sentence = message === null ? stateWording(words, "verdict", verdict).meaning : adviceIn(words, message);
  return traceId === null ? sentence : `${sentence} (${words.text("leadPage.events.trace", { trace: traceId })})`;
}
