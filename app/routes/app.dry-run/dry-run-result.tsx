import type { ValueBasis } from "../../event-contract/purchase.ts";
import { useWords } from "../../components/words-context.ts";
import { stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";
import { orderKindIn, ruleIn } from "../../wording/dry-run-words.ts";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import type { EventDryRunForReading, OrderDryRunForReading } from "./dry-run-for-reading.ts";
import { netRevenueIn } from "../../wording/net-revenue-words.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { LegAsJson } from "../../components/leg-as-json.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { ValueBasesTable } from "../../components/value-bases-table.tsx";

type Props = { readonly result: OrderDryRunForReading; readonly basis: ValueBasis };

/** What Tandem would do with each of the order's events, the Purchase first. */
export function DryRunResult({ result: { kind, values, events }, basis }: Props) {
  const words = useWords();
  return (
    <s-stack gap="base">
      {values && (
        <s-section heading={words.text("dryRun.order")}>
          {kind && <FactList facts={[{ term: words.text("dryRun.kind"), value: orderKindIn(words, kind) }]} />}
          <ValueBasesTable values={values} chosen={basis} caption={words.text("dryRun.value-by-rule")} />
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
  const words = useWords();
  const wording = stateWording(words, "preview", event.state);
  return (
    <s-section heading={event.event}>
      <StateBadge wording={wording} slot="accessory" />
      <s-paragraph>
        {wording.meaning}
        {event.reason !== undefined && ` ${reasonIn(words, event.reason, event.actionSource)}`}
      </s-paragraph>
      <FactList facts={factsOf(words, event, currency)} />
      <Leg title={words.text("dryRun.server-leg")} text={event.server} />
      <Leg title={words.text("dryRun.browser-leg")} text={event.browser} />
    </s-section>
  );
}

const factsOf = (
  words: Words,
  { rule, netRevenue }: EventDryRunForReading,
  currency: string | null,
): readonly Fact[] => [
  ...(rule === undefined ? [] : [{ term: words.text("dryRun.deciding-rule"), value: ruleIn(words, rule) }]),
  ...(netRevenue === undefined
    ? []
    : [{ term: words.text("netRevenue.title"), value: netRevenueIn(words, netRevenue, currency) }]),
];

function Leg({ title, text }: { readonly title: string; readonly text: string | null }) {
  const words = useWords();
  return (
    <s-section heading={title}>
      {text === null ? (
        <s-paragraph color="subdued">{words.text("dryRun.nothing")}</s-paragraph>
      ) : (
        <LegAsJson name={words.text("dryRun.json.region", { title })} json={text} />
      )}
    </s-section>
  );
}
