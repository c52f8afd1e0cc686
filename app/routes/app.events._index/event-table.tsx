import type { EventRow } from "../../ledger/types.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
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
    <LineTable label={text("events.list")}>
      {rows.map((row) => (
        <EventLine key={eventUrlAt(row)} row={row} />
      ))}
    </LineTable>
  );
}

function EventLine({ row }: { readonly row: EventRow }) {
  const words = useWords();
  const { text } = words;
  const { value, currency } = row;
  return (
    <Line id={row.eventId}>
      <LineCell label={text("events.column.event")}>
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
      </LineCell>
      <LineCell label={text("events.column.value")}>
        {value === null || currency === null ? text("events.no-value") : words.money(value, currency)}
      </LineCell>
      <LineCell label={text("events.column.browser")}>
        <StateBadge wording={stateWording(words, "browser-leg", row.browserLeg)} />
      </LineCell>
      <LineCell label={text("events.column.server")}>
        <StateBadge wording={eventStateIn(words, row)} />
        {row.reason !== null && <s-text color="subdued">{reasonIn(words, row.reason, row.actionSource)}</s-text>}
      </LineCell>
      <LineCell label={text("events.column.legs")}>
        <LegsBadge event={row} />
      </LineCell>
    </Line>
  );
}

function Subject({ row: { orderId, orderName, eventId } }: { readonly row: EventRow }) {
  const { text } = useWords();
  if (orderId === null) return <s-text color="subdued">{eventId}</s-text>;
  return <s-link href={orderUrl(orderId)}>{text("events.of-order", { order: orderName ?? orderId })}</s-link>;
}
