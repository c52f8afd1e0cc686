import { Box, Button, InlineStack, Select, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import type { EventFilter } from "./event-links.ts";

type Props = {
  readonly filter: EventFilter;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const NAMES = [{ value: "", label: "All events" }, ...EVENT_NAMES.map((name) => ({ value: name, label: name }))];

/** Narrows the ledger to one kind of event or to one order or event. */
export function EventFilterForm({ filter, problem, busy, onSubmit }: Props) {
  const [name, setName] = useState(filter.name);
  const [order, setOrder] = useState(filter.order);
  return (
    <form method="get" action="/app/events" onSubmit={onSubmit} role="search" aria-label="Filter events">
      <InlineStack gap="300" blockAlign="end" wrap>
        <Box minWidth="180px">
          <Select label="Event" name="name" options={NAMES} value={name} onChange={setName} />
        </Box>
        <Box minWidth="220px">
          <TextField
            label="Order or event"
            name="order"
            value={order}
            onChange={setOrder}
            placeholder="#1001"
            error={problem ?? false}
            autoComplete="off"
          />
        </Box>
        <Button submit loading={busy}>
          Filter
        </Button>
        {(filter.name !== "" || filter.order !== "") && (
          <Button url="/app/events" variant="tertiary">
            Clear
          </Button>
        )}
      </InlineStack>
    </form>
  );
}
