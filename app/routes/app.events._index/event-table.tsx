import type { EventRow } from "../../ledger/types.ts";
import { amount } from "../../wording/amount.ts";
import { eventUrl } from "./event-links.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { reasonInWords } from "../../wording/reasons.ts";
import { TestBadge } from "../../components/test-badge.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { eventState } from "../../wording/event-state.ts";
import { BROWSER_LEGS } from "../../wording/wording.ts";

/** The ledger's lines. The event's name leads to its own page. */
export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="kicker">Time</s-table-header>
        <s-table-header listSlot="primary">Event</s-table-header>
        <s-table-header listSlot="secondary">Order or event ID</s-table-header>
        <s-table-header format="numeric">Value</s-table-header>
        <s-table-header>Browser leg</s-table-header>
        <s-table-header>Server leg</s-table-header>
        <s-table-header>Both legs</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {rows.map((row) => (
          <EventLine key={`${row.eventName}/${row.eventId}`} row={row} />
        ))}
      </s-table-body>
    </s-table>
  );
}

function EventLine({ row }: { readonly row: EventRow }) {
  return (
    <s-table-row>
      <s-table-cell>
        {/* Wide enough for both time formats, so that the columns do not move. */}
        <div style={{ minWidth: "11.5rem" }}>
          <LocalTime at={row.eventTime} />
        </div>
      </s-table-cell>
      <s-table-cell>
        <s-stack direction="inline" gap="small-300" alignItems="center">
          <s-link href={eventUrl(row)}>{row.eventName}</s-link>
          <TestBadge isTest={row.isTest} />
        </s-stack>
      </s-table-cell>
      <s-table-cell>
        <ShortId row={row} />
      </s-table-cell>
      <s-table-cell>{amount(row) ?? "–"}</s-table-cell>
      <s-table-cell>
        <StateBadge wording={BROWSER_LEGS[row.browserLeg]} />
      </s-table-cell>
      <s-table-cell>
        <ServerLeg row={row} />
      </s-table-cell>
      <s-table-cell>
        <LegsBadge legsAgree={row.legsAgree} />
      </s-table-cell>
    </s-table-row>
  );
}

const SHORT = {
  display: "inline-block",
  maxWidth: "15rem",
  overflow: "hidden",
  textOverflow: "ellipsis",
  verticalAlign: "bottom",
  whiteSpace: "nowrap",
} as const;

function ShortId({ row }: { readonly row: EventRow }) {
  const text = row.orderId === null ? row.eventId : `Order ${row.orderId}`;
  return (
    <span title={text} style={SHORT}>
      {text}
    </span>
  );
}

function ServerLeg({ row }: { readonly row: EventRow }) {
  return (
    <s-stack gap="small-300" alignItems="start">
      <StateBadge wording={eventState(row)} />
      {row.reason !== null && <s-text color="subdued">{reasonInWords(row.reason)}</s-text>}
    </s-stack>
  );
}
