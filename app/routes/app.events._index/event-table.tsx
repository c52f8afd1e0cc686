import type { CSSProperties, ReactNode } from "react";
import type { EventRow } from "../../ledger/types.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn, stateWording } from "../../wording/state-wording.ts";
import { eventUrlAt, orderUrl } from "./event-links.ts";

/**
 * The ledger's lines: a row on a wide screen and a card on a phone, with both legs in sight on either. The event's name
 * leads to its own page, its order to the order's.
 */
export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  const { text } = useWords();
  return (
    <div role="table" aria-label={text("events.list")}>
      {rows.map((row) => (
        <EventLine key={eventUrlAt(row)} row={row} />
      ))}
    </div>
  );
}

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 10rem), 1fr))";

const LINE: CSSProperties = {
  display: "grid",
  gridTemplateColumns: COLUMNS,
  gap: "0.5rem 1rem",
  padding: "0.75rem 1rem",
  borderTopWidth: 1,
  borderTopStyle: "solid",
  borderTopColor: "#80808050",
};
const CELL: CSSProperties = { minWidth: 0, overflowWrap: "anywhere" };

function EventLine({ row }: { readonly row: EventRow }) {
  const words = useWords();
  const { text } = words;
  const { value, currency } = row;
  return (
    <div role="row" style={LINE}>
      <Cell label={text("events.column.event")}>
        <s-stack direction="inline" gap="small-300" alignItems="center">
          <s-link
            href={eventUrlAt(row)}
            accessibilityLabel={text("events.link.of", { name: row.eventName, at: words.time(row.eventTime) })}
          >
            {row.eventName}
          </s-link>
          <TestBadge isTest={row.isTest} />
        </s-stack>
        <LocalTime at={row.eventTime} />
        <Subject row={row} />
      </Cell>
      <Cell label={text("events.column.value")}>
        {value === null || currency === null ? text("events.no-value") : words.money(value, currency)}
      </Cell>
      <Cell label={text("events.column.browser")}>
        <s-stack direction="inline">
          <StateBadge wording={stateWording(words, "browser-leg", row.browserLeg)} />
        </s-stack>
      </Cell>
      <Cell label={text("events.column.server")}>
        <s-stack direction="inline">
          <StateBadge wording={eventStateIn(words, row)} />
        </s-stack>
        {row.reason !== null && <s-text color="subdued">{reasonIn(words, row.reason, row.actionSource)}</s-text>}
      </Cell>
      <Cell label={text("events.column.legs")}>
        <s-stack direction="inline">
          <LegsBadge event={row} />
        </s-stack>
      </Cell>
    </div>
  );
}

function Cell({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="cell" style={CELL}>
      <s-stack gap="small-300">
        <s-text color="subdued">{label}</s-text>
        {children}
      </s-stack>
    </div>
  );
}

function Subject({ row: { orderId, orderName, eventId } }: { readonly row: EventRow }) {
  const { text } = useWords();
  if (orderId === null) return <s-text color="subdued">{eventId}</s-text>;
  return <s-link href={orderUrl(orderId)}>{text("events.of-order", { order: orderName ?? orderId })}</s-link>;
}
