import type { AttemptRecord, EventState } from "../../outbox/types.ts";
import type { DeliveryDetail } from "../../ledger/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { reasonInWords } from "../../wording/reasons.ts";
import { StateBadge } from "../../components/state-badge.tsx";
import { DELIVERY_STATES, VERDICTS } from "../../wording/wording.ts";

type Props = { readonly deliveries: readonly DeliveryDetail[]; readonly state: EventState };

/** The server leg's deliveries: each pixel with every attempt and Meta's answer. */
export function DeliveriesCard({ deliveries, state }: Props) {
  return (
    <s-section heading="Deliveries to Meta">
      {deliveries.length === 0 && (
        <s-paragraph color="subdued">
          {state === "withheld"
            ? "Nothing was sent to Meta from the server."
            : "Nothing has been sent yet. Each attempt appears here with Meta’s answer."}
        </s-paragraph>
      )}
      {deliveries.map((delivery) => (
        <Delivery key={delivery.metaPixelId} delivery={delivery} />
      ))}
    </s-section>
  );
}

function Delivery({ delivery }: { readonly delivery: DeliveryDetail }) {
  const waits = delivery.state === "queued";
  return (
    <s-section heading={`Pixel ${delivery.metaPixelId}`}>
      <StateBadge wording={DELIVERY_STATES[delivery.state]} slot="accessory" />
      <s-paragraph>
        {delivery.reason === null ? DELIVERY_STATES[delivery.state].meaning : reasonInWords(delivery.reason)}
        {waits && (
          <>
            {" Next attempt: "}
            <LocalTime at={delivery.dueAt} seconds />.
          </>
        )}
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
  const verdict = VERDICTS[attempt.verdict];
  return (
    <s-stack gap="small-300">
      <s-stack direction="inline" gap="small-100" alignItems="center">
        <LocalTime at={attempt.startedAt} seconds />
        <StateBadge wording={verdict} />
      </s-stack>
      <s-paragraph color="subdued">
        {attempt.message ?? verdict.meaning} {attemptFacts(attempt)}
      </s-paragraph>
    </s-stack>
  );
}

function attemptFacts(attempt: AttemptRecord): string {
  const facts = [
    attempt.httpStatus === null ? "no answer" : `HTTP ${String(attempt.httpStatus)}`,
    attempt.code === null ? null : `code ${String(attempt.code)}`,
    attempt.subcode === null ? null : `subcode ${String(attempt.subcode)}`,
    `${String(attempt.durationMs)} ms`,
    attempt.events === 1 ? "alone in its request" : `with ${String(attempt.events - 1)} others in one request`,
    attempt.testEventCode ? `under the test event code ${attempt.testEventCode}` : null,
    attempt.traceId === null ? null : `trace ID ${attempt.traceId}`,
  ];
  return `(${facts.filter((fact) => fact !== null).join(", ")})`;
}
