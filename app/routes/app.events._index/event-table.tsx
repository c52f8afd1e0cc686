import { BlockStack, Box, IndexTable, Link, Text } from "@shopify/polaris";
import type { EventRow } from "../../ledger/types.ts";
import { amount } from "../../wording/amount.ts";
import { eventUrl } from "./event-links.ts";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { reasonInWords } from "../../wording/reasons.ts";
import { StateBadge } from "../../components/state-badge.tsx";
import { eventState } from "../../wording/event-state.ts";
import { BROWSER_LEGS } from "../../wording/wording.ts";

const HEADINGS = [
  { title: "Time" },
  { title: "Event" },
  { title: "Order or event ID" },
  { title: "Value", alignment: "end" },
  { title: "Browser leg" },
  { title: "Server leg" },
  { title: "Both legs" },
] as const;

/** The ledger's lines. The event's name leads to its own page. */
export function EventTable({ rows }: { readonly rows: readonly EventRow[] }) {
  return (
    <IndexTable
      resourceName={{ singular: "event", plural: "events" }}
      itemCount={rows.length}
      headings={[...HEADINGS]}
      selectable={false}
    >
      {rows.map((row, index) => (
        <EventLine key={`${row.eventName}/${row.eventId}`} row={row} position={index} />
      ))}
    </IndexTable>
  );
}

function EventLine({ row, position }: { readonly row: EventRow; readonly position: number }) {
  return (
    <IndexTable.Row id={`${row.eventName}/${row.eventId}`} position={position}>
      <IndexTable.Cell>
        {/* Wide enough for both time formats, so that the columns do not move. */}
        <div style={{ minWidth: "11.5rem" }}>
          <LocalTime at={row.eventTime} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Link url={eventUrl(row)} dataPrimaryLink removeUnderline>
          <Text as="span" fontWeight="semibold">
            {row.eventName}
          </Text>
        </Link>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <ShortId row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {amount(row) ?? "–"}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <StateBadge wording={BROWSER_LEGS[row.browserLeg]} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <ServerLeg row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <LegsBadge legsAgree={row.legsAgree} />
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

function ShortId({ row }: { readonly row: EventRow }) {
  const text = row.orderId === null ? row.eventId : `Order ${row.orderId}`;
  return (
    <Box maxWidth="15rem">
      <span title={text}>
        <Text as="span" truncate>
          {text}
        </Text>
      </span>
    </Box>
  );
}

function ServerLeg({ row }: { readonly row: EventRow }) {
  return (
    <BlockStack gap="100" inlineAlign="start">
      <StateBadge wording={eventState(row)} />
      {row.reason !== null && (
        <div style={{ whiteSpace: "normal", minWidth: "14rem", maxWidth: "22rem" }}>
          <Text as="span" variant="bodySm" tone="subdued">
            {reasonInWords(row.reason)}
          </Text>
        </div>
      )}
    </BlockStack>
  );
}
