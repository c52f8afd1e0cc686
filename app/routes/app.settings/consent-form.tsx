import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { NoAnswerRule } from "../../consent/types.ts";
import type { Settings } from "../../settings/types.ts";
import { ChoiceField } from "./choice-field.tsx";
import { SettingsForm, type VersionedFormProps } from "./settings-form.tsx";

type Props = VersionedFormProps & { readonly settings: Settings };

const SOME_REGIONS = "regions";
const CHOICES = ["as-policy", SOME_REGIONS, "everywhere"] as const;

const savedChoice = (rule: NoAnswerRule): string => (typeof rule === "string" ? rule : SOME_REGIONS);
const savedRegions = (rule: NoAnswerRule): string => (typeof rule === "string" ? "" : rule.join(", "));

/** The rule for orders without a browser's report. Sent as one field, `noAnswer`: a keyword, or the regions. */
export function ConsentForm({ settings: { noAnswer = "as-policy" }, ...form }: Props) {
  const words = useWords();
  const saved = savedChoice(noAnswer);
  const [choice, setChoice] = useState(saved);
  const menu = useListener<"s-select">("change", ({ value }) => setChoice(value));
  const inRegions = choice === SOME_REGIONS;
  const sent = { name: "noAnswer", ...errorAt(form.problems, "noAnswer") };
  return (
    <SettingsForm
      name="consent"
      heading={words.text("settings.consent.heading")}
      fields={["noAnswer"]}
      onReset={() => setChoice(saved)}
      {...form}
    >
      <ChoiceField
        label={words.text("settings.no-answer")}
        choices={CHOICES.map((value) => ({ value, label: words.text(`settings.no-answer.${value}`) }))}
        details={words.text("settings.no-answer.help")}
        value={saved}
        listener={menu}
        {...(!inRegions && sent)}
      />
      <div hidden={!inRegions}>
        <s-text-field
          label={words.text("settings.regions")}
          placeholder="CA, US-NY"
          details={words.text("settings.regions.help")}
          autocomplete="off"
          value={savedRegions(noAnswer)}
          {...(inRegions && sent)}
        />
      </div>
    </SettingsForm>
  );
}
