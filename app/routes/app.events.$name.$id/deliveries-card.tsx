import type { AttemptRecord, EventState } from "../../outbox/types.ts";
import type { DeliveryDetail } from "../../ledger/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { adviceIn } from "../../wording/advice.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";

type Props = { readonly deliveries: readonly DeliveryDetail[]; readonly state: EventState };

/** The server leg's deliveries: each pixel with every attempt and Meta's answer. */
export function DeliveriesCard({ deliveries, state }: Props) {
  const { text } = useWords();
  return (
    <s-section heading={text("eventPage.deliveries")}>
      {deliveries.length === 0 && (
        <s-paragraph color="subdued">
          {text(HAS_ENDED.includes(state) ? "eventPage.deliveries.none" : "eventPage.deliveries.none-yet")}
        </s-paragraph>
      )}
      {deliveries.map((delivery) => (
        <Delivery key={delivery.metaPixelId} delivery={delivery} />
      ))}
    </s-section>
  );
}

const HAS_ENDED: readonly EventState[] = ["withheld", "refused", "expired"];

function Delivery({ delivery }: { readonly delivery: DeliveryDetail }) {
  const words = useWords();
  const wording = stateWording(words, "delivery", delivery.state);
  return (
    <s-section heading={words.text("eventPage.deliveries.pixel", { pixel: delivery.metaPixelId })}>
      <StateBadge wording={wording} slot="accessory" />
      <s-paragraph>
        {delivery.reason === null ? wording.meaning : reasonIn(words, delivery.reason)}
        {delivery.state === "queued" &&
          ` ${words.text("eventPage.deliveries.next", { at: words.time(delivery.dueAt, { seconds: true }) })}`}
      </s-paragraph>
      <s-ordered-list>
        {delivery.attempts.map((attempt) => (
          <s-list-item key={attempt.startedAt.toISOString()}>
            <Attempt attempt={attempt} />
          </s-list-item>
        ))}
      </s-ordered-list>
    </s-section>
  );
}

function Attempt({ attempt }: { readonly attempt: AttemptRecord }) {
  const words = useWords();
  const verdict = stateWording(words, "verdict", attempt.verdict);
  const sentence = attempt.message === null ? verdict.meaning : adviceIn(words, attempt.message);
  return (
    <s-stack gap="small-300">
      <s-stack direction="inline" gap="small-100" alignItems="center">
        <LocalTime at={attempt.startedAt} seconds />
        <StateBadge wording={verdict} />
      </s-stack>
      <s-paragraph color="subdued">
        {words.text("eventPage.attempt.answer", { sentence, facts: attemptFacts(words, attempt) })}
      </s-paragraph>
    </s-stack>
  );
}

function attemptFacts({ text }: Words, attempt: AttemptRecord): string {
  const { httpStatus, code, subcode, durationMs, events, testEventCode, traceId } = attempt;
  const facts = [
    httpStatus === null
      ? text("eventPage.attempt.no-answer")
      : text("eventPage.attempt.http", { status: `${httpStatus}` }),
    code === null ? null : text("eventPage.attempt.code", { code: `${code}` }),
    subcode === null ? null : text("eventPage.attempt.subcode", { subcode: `${subcode}` }),
    text("eventPage.attempt.took", { ms: `${durationMs}` }),
    events === 1 ? text("eventPage.attempt.alone") : text("eventPage.attempt.with", { others: events - 1 }),
    testEventCode ? text("eventPage.attempt.under", { code: testEventCode }) : null,
    traceId === null ? null : text("eventPage.attempt.trace", { traceId }),
  ];
  return facts.filter((fact) => fact !== null).join(", ");
}
