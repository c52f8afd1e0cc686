import { BlockStack, Button, ButtonGroup, ChoiceList, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import type { Pixel, FieldProblem } from "../../settings/types.ts";
import { ACTIONS, CHANNELS } from "../../wording/mapping-words.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { problemAt } from "../../components/field-problems.tsx";

const ALL_CHANNELS: readonly string[] = Object.keys(CHANNELS);

/** The pixel's limits in a sentence; null without limits. */
export function limitsInWords({ countries, channels, eventsOff }: Pixel): string | null {
  const parts = [
    ...(countries === null ? [] : [`countries: ${countries.join(", ")}`]),
    ...(channels === null ? [] : [`channels: ${channels.map((channel) => CHANNELS[channel]).join(", ")}`]),
    ...(eventsOff.length === 0 ? [] : [`not: ${eventsOff.join(", ")}`]),
  ];
  return parts.length === 0 ? null : `Limited to ${parts.join("; ")}.`;
}

type Props = {
  readonly pixel: Pixel;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly onClose: () => void;
};

/** Which events one of several pixels gets, by country, sales channel and event. */
export function PixelLimits({ pixel, problems, busy, onSubmit, onClose }: Props) {
  return (
    <form
      ref={useFocusOnProblem(problems)}
      method="post"
      onSubmit={onSubmit}
      aria-label={`Limits of pixel ${pixel.metaPixelId}`}
      noValidate
    >
      <input type="hidden" name="intent" value="filter-pixel" />
      <input type="hidden" name="pixelId" value={pixel.metaPixelId} />
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          Browser and server apply the same limits, so the pixel gets both legs of an event or neither.
        </Text>
        <LimitFields pixel={pixel} problems={problems} />
        <ButtonGroup>
          <Button submit variant="primary" loading={busy}>
            Save limits
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </ButtonGroup>
      </BlockStack>
    </form>
  );
}

function LimitFields({ pixel, problems }: Pick<Props, "pixel" | "problems">) {
  const [countries, setCountries] = useState(pixel.countries?.join(", ") ?? "");
  const [channels, setChannels] = useState<readonly string[]>(pixel.channels ?? ALL_CHANNELS);
  const [events, setEvents] = useState<readonly string[]>(
    EVENT_NAMES.filter((action) => !pixel.eventsOff.includes(action)),
  );
  return (
    <>
      <input type="hidden" name="channels" value={channels.join(",")} />
      <input type="hidden" name="events" value={events.join(",")} />
      <TextField
        label="Countries"
        name="countries"
        value={countries}
        onChange={setCountries}
        error={problemAt(problems, "countries")}
        placeholder="All countries"
        helpText="Two letters each, such as DE, AT, CH. If a visitor’s country is unknown, a limited pixel gets nothing."
        autoComplete="off"
      />
      <ChoiceList
        allowMultiple
        title="Sales channels"
        choices={ALL_CHANNELS.map((value) => ({ value, label: CHANNELS[value as keyof typeof CHANNELS] }))}
        selected={[...channels]}
        onChange={setChannels}
        error={problemAt(problems, "channels") || ""}
      />
      <ChoiceList
        allowMultiple
        title="Events"
        choices={EVENT_NAMES.map((value) => ({ value, label: ACTIONS[value] }))}
        selected={[...events]}
        onChange={setEvents}
        error={problemAt(problems, "events") || ""}
      />
    </>
  );
}
