import type { FormEventHandler } from "react";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import { useWords } from "../../components/words-context.ts";
import { eventNameIn } from "../../wording/event-name-in.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { stateWording } from "../../wording/state-wording.ts";
import { type EventFilter, NO_FILTER } from "./event-links.ts";
import { CHANNELS, LEGS, OUTCOMES, PERIODS } from "./filter-choices.ts";

type Props = {
  readonly filter: EventFilter;
  /** Meta's numbers of the shop's pixels. */
  readonly pixels: readonly string[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Narrows the list; every field is a part of the URL. */
export function EventFilterForm({ filter, pixels, busy, onSubmit }: Props) {
  const words = useWords();
  const { text } = words;
  const isFiltered = Object.entries(filter).some(([field, value]) => value !== NO_FILTER[field as keyof EventFilter]);
  return (
    <form method="get" action="/app/events" onSubmit={onSubmit} aria-label={text("events.filter")}>
      <s-stack gap="small">
        <Choices filter={filter} pixels={pixels} />
        {filter.order !== "" && <input type="hidden" name="order" value={filter.order} />}
        {filter.reason !== "" && (
          <>
            <input type="hidden" name="reason" value={filter.reason} />
            <s-paragraph>{text("events.reason.only", { reason: reasonIn(words, filter.reason) })}</s-paragraph>
          </>
        )}
        <s-stack direction="inline" gap="small">
          <s-button type="submit" {...(busy && { loading: true })}>
            {text("events.filter.apply")}
          </s-button>
          {isFiltered && (
            <s-button href="/app/events" variant="tertiary">
              {text("events.filter.clear")}
            </s-button>
          )}
        </s-stack>
      </s-stack>
    </form>
  );
}

function Choices({ filter, pixels }: Pick<Props, "filter" | "pixels">) {
  const words = useWords();
  const { text } = words;
  return (
    <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems="end">
      <Choice
        name="period"
        all="period.all"
        filter={filter}
        options={PERIODS}
        label={(value) => text(`events.period.${value}`)}
      />
      <Choice
        name="event"
        all="event.all"
        filter={filter}
        options={EVENT_NAMES}
        label={(value) => eventNameIn(words, value)}
      />
      <Choice
        name="outcome"
        all="outcome.all"
        filter={filter}
        options={OUTCOMES}
        label={(value) =>
          value === "eligible" ? text("events.outcome.eligible") : stateWording(words, "event", value).label
        }
      />
      <Choice
        name="legs"
        all="legs.all"
        filter={filter}
        options={LEGS}
        label={(value) => text(`events.legs.${value}`)}
      />
      {pixels.length > 1 && (
        <Choice name="pixel" all="pixel.all" filter={filter} options={pixels} label={(value) => value} />
      )}
      <Choice
        name="channel"
        all="channel.all"
        filter={filter}
        options={CHANNELS}
        label={(value) => text(`events.channel.${value}`)}
      />
    </s-grid>
  );
}

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 9rem), 1fr))";

type ChoiceProps<Name extends ChoiceName, Value extends string> = {
  readonly name: Name;
  readonly all: `${Name}.all`;
  readonly filter: EventFilter;
  readonly options: readonly Value[];
  readonly label: (value: Value) => string;
};
type ChoiceName = "period" | "event" | "outcome" | "legs" | "pixel" | "channel";

function Choice<Name extends ChoiceName, Value extends string>(props: ChoiceProps<Name, Value>) {
  const { name, all, filter, options, label } = props;
  const { text } = useWords();
  return (
    <s-select label={text(`events.${name}`)} name={name} value={filter[name]}>
      <s-option value="">{text(`events.${all}`)}</s-option>
      {options.map((value) => (
        <s-option key={value} value={value}>
          {label(value)}
        </s-option>
      ))}
    </s-select>
  );
}
