import type { EventRow } from "../../ledger/types.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { orderUrl } from "../../components/record-urls.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { eventNameIn } from "../../wording/event-name-in.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn, stateWording } from "../../wording/state-wording.ts";
import { eventUrlAt } from "./event-links.ts";

/**
 * The ledger's lines: a row on a wide screen and a card on a phone, with both legs in sight on either. The event's name
 * leads to its own page, its order to the order's.
 */
export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  const { text } = useWords();
  return (
    <LineTable
      label={text("events.list")}
      columns={[
        { label: text("events.column.event"), share: 2 },
        { label: text("events.column.value"), share: 0.9 },
        { label: text("events.column.browser") },
        { label: text("events.column.server"), share: 1.5 },
        { label: text("events.column.legs"), share: 1.4 },
        { label: text("events.column.reason"), share: 3 },
      ]}
    >
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
  const name = eventNameIn(words, row.eventName);
  return (
    <Line id={row.eventId}>
      <LineCell label={text("events.column.event")} room="most">
        <s-stack direction="inline" gap="small-300" alignItems="center">
          <s-link
            href={eventUrlAt(row)}
            accessibilityLabel={text("events.link.of", { name, at: words.time(row.eventTime) })}
          >
            {name}
          </s-link>
          <TestBadge isTest={row.isTest} />
        </s-stack>
        <LocalTime at={row.eventTime} />
        <Subject row={row} />
      </LineCell>
      <LineCell label={text("events.column.value")} room="rest">
        {value === null || currency === null ? text("events.no-value") : words.money(value, currency)}
      </LineCell>
      <LineCell label={text("events.column.browser")} room="own">
        <StateBadge wording={stateWording(words, "browser-leg", row.browserLeg)} />
      </LineCell>
      <LineCell label={text("events.column.server")} room="own">
        <StateBadge wording={eventStateIn(words, row)} />
      </LineCell>
      <LineCell label={text("events.column.legs")} room="own">
        <LegsBadge event={row} />
      </LineCell>
      {row.reason !== null && (
        <LineCell label={text("events.column.reason")} room="all">
          <s-text color="subdued">{reasonIn(words, row.reason, row.actionSource)}</s-text>
        </LineCell>
      )}
    </Line>
  );
}

/** Nothing for an event of the storefront: its ID says nothing to a person, and is on its page. */
function Subject({ row: { orderId, orderName } }: { readonly row: EventRow }) {
  const { text } = useWords();
  if (orderId === null) return null;
  return <s-link href={orderUrl(orderId)}>{text("events.of-order", { order: orderName ?? orderId })}</s-link>;
}
