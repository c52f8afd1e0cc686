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
    <s-stack gap="base">
      {values && (
        <s-section heading="The order">
          {kind && <FactList facts={[{ term: "Kind", value: ORDER_KINDS[kind] }]} />}
          <ValueBasesTable values={values} chosen={basis} caption="Its value by each rule" />
        </s-section>
      )}
      {events.map((event, index) => (
        <EventCard key={`${event.event}${String(index)}`} event={event} currency={values?.currency ?? null} />
      ))}
    </s-stack>
  );
}

type EventProps = { readonly event: EventDryRunForReading; readonly currency: string | null };

function EventCard({ event, currency }: EventProps) {
  return (
    <s-section heading={event.event}>
      <StateBadge wording={PREVIEW_STATES[event.state]} slot="accessory" />
      <s-paragraph>
        {PREVIEW_STATES[event.state].meaning}
        {event.reason !== undefined && ` ${reasonInWords(event.reason)}`}
      </s-paragraph>
      <FactList facts={factsOf(event, currency)} />
      <Leg title="Server: one element of data[]" text={event.server} />
      <Leg title="Browser: the parameters of /tr" text={event.browser} />
    </s-section>
  );
}

const factsOf = ({ rule, netRevenue }: EventDryRunForReading, currency: string | null): readonly Fact[] => [
  ...(rule === undefined ? [] : [{ term: "Deciding rule", value: ruleInWords(rule) }]),
  ...(netRevenue === undefined ? [] : [{ term: "Net revenue", value: netRevenueInWords(netRevenue, currency) }]),
];

function Leg({ title, text }: { readonly title: string; readonly text: string | null }) {
  return (
    <s-section heading={title}>
      {text === null ? (
        <s-paragraph color="subdued">Nothing.</s-paragraph>
      ) : (
        <div role="region" aria-label={`JSON: ${title}`} tabIndex={0} style={SCROLLING}>
          <pre style={{ margin: 0 }}>{text}</pre>
        </div>
      )}
    </s-section>
  );
}

const SCROLLING = { overflow: "auto", maxHeight: "24rem" } as const;
