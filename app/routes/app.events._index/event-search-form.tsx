import type { FormEventHandler } from "react";
import { useWords } from "../../components/words-context.ts";

type Props = {
  readonly sought: string;
  readonly isUnreadable: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** One field for an order's name or ID, an event's ID, or a trace ID. One order that fits leads to its page. */
export function EventSearchForm({ sought, isUnreadable, onSubmit }: Props) {
  const { text } = useWords();
  return (
    <form method="get" action="/app/events" onSubmit={onSubmit} role="search" aria-label={text("events.search")}>
      <s-stack direction="inline" gap="small" alignItems="end">
        <s-text-field
          label={text("events.search.label")}
          name="search"
          value={sought}
          placeholder="#1001"
          autocomplete="off"
          {...(isUnreadable && { error: text("events.search.problem") })}
        />
        <s-button type="submit" variant="primary">
          {text("events.search.button")}
        </s-button>
      </s-stack>
    </form>
  );
}
