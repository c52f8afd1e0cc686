import { BlockStack, Box, Card, InlineStack, List, Text } from "@shopify/polaris";
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
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Deliveries to Meta
        </Text>
        {deliveries.length === 0 && (
          <Text as="p" tone="subdued">
            {state === "withheld"
              ? "Nothing was sent to Meta from the server."
              : "Nothing has been sent yet. Each attempt appears here with Meta’s answer."}
          </Text>
        )}
        {deliveries.map((delivery) => (
          <Delivery key={delivery.metaPixelId} delivery={delivery} />
        ))}
      </BlockStack>
    </Card>
  );
}

function Delivery({ delivery }: { readonly delivery: DeliveryDetail }) {
  const waits = delivery.state === "queued";
  return (
    <section aria-label={`Pixel ${delivery.metaPixelId}`}>
      <Box paddingBlockStart="300" borderBlockStartWidth="025" borderColor="border-secondary">
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h3" variant="headingSm">
              Pixel {delivery.metaPixelId}
            </Text>
            <StateBadge wording={DELIVERY_STATES[delivery.state]} />
          </InlineStack>
          <Text as="p">
            {delivery.reason === null ? DELIVERY_STATES[delivery.state].meaning : reasonInWords(delivery.reason)}
            {waits && (
              <>
                {" Next attempt: "}
                <LocalTime at={delivery.dueAt} seconds />.
              </>
            )}
          </Text>
          <List type="number">
            {delivery.attempts.map((attempt) => (
              <List.Item key={attempt.startedAt.toISOString()}>
                <Attempt attempt={attempt} />
              </List.Item>
            ))}
          </List>
        </BlockStack>
      </Box>
    </section>
  );
}

function Attempt({ attempt }: { readonly attempt: AttemptRecord }) {
  const verdict = VERDICTS[attempt.verdict];
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <LocalTime at={attempt.startedAt} seconds />
        <StateBadge wording={verdict} />
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued" breakWord>
        {attempt.message ?? verdict.meaning} {attemptFacts(attempt)}
      </Text>
    </BlockStack>
  );
}

function attemptFacts(attempt: AttemptRecord): string {
  const facts = [
    attempt.httpStatus === null ? "no answer" : `HTTP ${String(attempt.httpStatus)}`,
    attempt.code === null ? null : `code ${String(attempt.code)}`,
    attempt.subcode === null ? null : `subcode ${String(attempt.subcode)}`,
    `${String(attempt.durationMs)} ms`,
    attempt.events === 1 ? "alone in its request" : `with ${String(attempt.events - 1)} others in one request`,
    attempt.traceId === null ? null : `trace ID ${attempt.traceId}`,
  ];
  return `(${facts.filter((fact) => fact !== null).join(", ")})`;
}
