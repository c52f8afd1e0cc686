import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useId } from "react";
import type { ValueBasis } from "../../event-contract/purchase.ts";
import { ORDER_KINDS, PREVIEW_STATES, ruleInWords } from "../../wording/dry-run-words.ts";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import type { EventDryRunForReading, OrderDryRunForReading } from "./dry-run-for-reading.ts";
import { netRevenueInWords } from "../../wording/net-revenue-words.ts";
import { reasonInWords } from "../../wording/reasons.ts";
import { StateBadge } from "../../components/state-badge.tsx";
import { ValueBasesTable } from "../../components/value-bases-table.tsx";

type Props = { readonly result: OrderDryRunForReading; readonly basis: ValueBasis };

/** What Tandem would do with each of the order's events, the Purchase first. */
export function DryRunResult({ result: { kind, values, events }, basis }: Props) {
  return (
    <BlockStack gap="400">
      {values && (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              The order
            </Text>
            {kind && <FactList facts={[{ term: "Kind", value: ORDER_KINDS[kind] }]} />}
            <ValueBasesTable values={values} chosen={basis} caption="Its value by each rule" />
          </BlockStack>
        </Card>
      )}
      {events.map((event, index) => (
        <EventCard key={`${event.event}${String(index)}`} event={event} currency={values?.currency ?? null} />
      ))}
    </BlockStack>
  );
}

type EventProps = { readonly event: EventDryRunForReading; readonly currency: string | null };

function EventCard({ event, currency }: EventProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {event.event}
          </Text>
          <StateBadge wording={PREVIEW_STATES[event.state]} />
        </InlineStack>
        <Text as="p">
          {PREVIEW_STATES[event.state].meaning}
          {event.reason !== undefined && ` ${reasonInWords(event.reason)}`}
        </Text>
        <FactList facts={factsOf(event, currency)} />
        <Leg title="Server: one element of data[]" text={event.server} />
        <Leg title="Browser: the parameters of /tr" text={event.browser} />
      </BlockStack>
    </Card>
  );
}

const factsOf = ({ rule, netRevenue }: EventDryRunForReading, currency: string | null): readonly Fact[] => [
  ...(rule === undefined ? [] : [{ term: "Deciding rule", value: ruleInWords(rule) }]),
  ...(netRevenue === undefined ? [] : [{ term: "Net revenue", value: netRevenueInWords(netRevenue, currency) }]),
];

function Leg({ title, text }: { readonly title: string; readonly text: string | null }) {
  const id = useId();
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm" id={id}>
        {title}
      </Text>
      {text === null ? (
        <Text as="p" tone="subdued">
          Nothing.
        </Text>
      ) : (
        <div role="region" aria-labelledby={id} tabIndex={0} style={SCROLLING}>
          <pre style={{ margin: 0 }}>{text}</pre>
        </div>
      )}
    </BlockStack>
  );
}

const SCROLLING = { overflow: "auto", maxHeight: "24rem", background: "var(--p-color-bg-surface-secondary)" } as const;
