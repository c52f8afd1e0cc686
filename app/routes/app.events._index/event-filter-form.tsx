import type { FormEventHandler } from "react";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import type { EventFilter } from "./event-links.ts";

type Props = {
  readonly filter: EventFilter;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Narrows the ledger to one kind of event or to one order or event. */
export function EventFilterForm({ filter, problem, busy, onSubmit }: Props) {
  return (
    <form method="get" action="/app/events" onSubmit={onSubmit} role="search" aria-label="Filter events">
      <s-stack direction="inline" gap="small" alignItems="end">
        <s-select label="Event" name="name" value={filter.name}>
          <s-option value="">All events</s-option>
          {EVENT_NAMES.map((name) => (
            <s-option key={name} value={name}>
              {name}
            </s-option>
          ))}
        </s-select>
        <s-text-field
          label="Order or event"
          name="search"
          value={filter.order}
          placeholder="#1001"
          autocomplete="off"
          {...(problem !== null && { error: problem })}
        />
        <s-button type="submit" {...(busy && { loading: true })}>
          Filter
        </s-button>
        {(filter.name !== "" || filter.order !== "") && (
          <s-button href="/app/events" variant="tertiary">
            Clear
          </s-button>
        )}
      </s-stack>
    </form>
  );
}
