import { errorAt, ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { NotSaved } from "../../components/settings/not-saved.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { SAVED_BY_BAR } from "../../components/save-bar.tsx";
import { useWords } from "../../components/words-context.ts";
import { EVENT_NAMES } from "../../event-contract/event-name.ts";
import { SALES_CHANNELS } from "../../settings/pixel-filter.ts";
import type { Pixel, SalesChannel } from "../../settings/types.ts";
import type { Words } from "../../wording/words.ts";
import type { PixelFormProps } from "./pixel-form-props.ts";

/** The pixel's limits in a sentence; null without limits. */
export function limitsIn(words: Words, { countries, channels, eventsOff }: Pixel): string | null {
  const parts = [
    ...(countries === null ? [] : [words.text("pixels.limits.countries-are", { names: countries.join(", ") })]),
    ...(channels === null
      ? []
      : [words.text("pixels.limits.channels-are", { names: channels.map(channelIn(words)).join(", ") })]),
    ...(eventsOff.length === 0 ? [] : [words.text("pixels.limits.not", { names: eventsOff.join(", ") })]),
  ];
  return parts.length === 0 ? null : words.text("pixels.limits.sentence", { limits: parts.join("; ") });
}

const channelIn =
  (words: Words) =>
  (channel: SalesChannel): string =>
    words.text(`mapping.channel.${channel}`);

type Props = PixelFormProps & { readonly pixel: Pixel; readonly onClose: () => void };

/** Which events one of several pixels gets, by country, sales channel and event. */
export function PixelLimits({ pixel, problems, trouble, busy, onSubmit, onClose }: Props) {
  const words = useWords();
  const { metaPixelId, countries, channels, eventsOff } = pixel;
  return (
    <form
      {...SAVED_BY_BAR}
      ref={useFocusOnProblem(problems)}
      method="post"
      onSubmit={onSubmit}
      aria-label={words.text("pixels.limits.of", { pixel: metaPixelId })}
      noValidate
    >
      <input type="hidden" name="intent" value="filter-pixel" />
      <input type="hidden" name="pixelId" value={metaPixelId} />
      <s-stack gap="small">
        <s-paragraph color="subdued">{words.text("pixels.limits.help")}</s-paragraph>
        <NotSaved trouble={trouble} />
        <ProblemsElsewhere problems={problemsElsewhere(problems, ["countries"])} />
        <s-text-field
          label={words.text("pixels.limits.countries")}
          name="countries"
          placeholder={words.text("pixels.limits.every-country")}
          details={words.text("pixels.limits.countries.help")}
          autocomplete="off"
          value={countries?.join(", ") ?? ""}
          {...errorAt(words, problems, "countries")}
        />
        <Boxes
          legend={words.text("pixels.limits.channels")}
          name="channels"
          choices={SALES_CHANNELS.map((value) => ({ value, label: channelIn(words)(value) }))}
          isOn={(channel) => channels?.some((one) => one === channel) ?? true}
        />
        <Boxes
          legend={words.text("pixels.limits.events")}
          name="events"
          choices={EVENT_NAMES.map((value) => ({ value, label: words.text(`mapping.action.${value}`) }))}
          isOn={(action) => !eventsOff.some((off) => off === action)}
        />
        <s-stack direction="inline" gap="small-100">
          <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
            {words.text("pixels.limits.save")}
          </s-button>
          <s-button onClick={onClose}>{words.text("settings.cancel")}</s-button>
        </s-stack>
      </s-stack>
    </form>
  );
}

type BoxesProps = {
  readonly legend: string;
  readonly name: "channels" | "events";
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly isOn: (value: string) => boolean;
};

/** A checkbox for each choice. They have names of their own, as a repeated name counts once. */
function Boxes({ legend, name, choices, isOn }: BoxesProps) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ padding: 0 }}>{legend}</legend>
      {choices.map(({ value, label }) => (
        <s-checkbox
          key={value}
          label={label}
          name={`${name}.${value}`}
          value="on"
          {...(isOn(value) && { checked: true })}
        />
      ))}
    </fieldset>
  );
}
