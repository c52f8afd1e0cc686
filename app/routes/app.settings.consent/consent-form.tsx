import { useState } from "react";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { SettingsForm } from "../../components/settings/settings-form.tsx";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import { errorAt } from "../../components/field-problems.tsx";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { NoAnswerRule } from "../../consent/types.ts";
import type { Settings } from "../../settings/types.ts";

// Codes and names that are the same in every language.
const EXAMPLE = ["CA", "US-NY"].join(", ");

type Props = { readonly settings: Settings; readonly forms: SettingsForms };

const SOME_REGIONS = "regions";
const CHOICES = ["as-policy", SOME_REGIONS, "everywhere"] as const;

const savedChoice = (rule: NoAnswerRule): string => (typeof rule === "string" ? rule : SOME_REGIONS);
const savedRegions = (rule: NoAnswerRule): string => (typeof rule === "string" ? "" : rule.join(", "));

/** The rule for orders without a browser's report. Sent as one field, `noAnswer`: a keyword, or the regions. */
export function ConsentForm({ settings: { noAnswer = "as-policy" }, forms }: Props) {
  const words = useWords();
  const saved = savedChoice(noAnswer);
  const [choice, setChoice] = useState(saved);
  const menu = useListener<"s-select">("change", ({ value }) => setChoice(value));
  const inRegions = choice === SOME_REGIONS;
  return (
    <SettingsForm page="consent" forms={forms} onReset={() => setChoice(saved)}>
      {(problems) => {
        const sent = { name: "noAnswer", ...errorAt(words, problems, "noAnswer") };
        return (
          <s-section heading={words.text("settings.consent.heading")}>
            <s-stack gap="base">
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
                  placeholder={EXAMPLE}
                  details={words.text("settings.regions.help")}
                  autocomplete="off"
                  value={savedRegions(noAnswer)}
                  {...(inRegions && sent)}
                />
              </div>
            </s-stack>
          </s-section>
        );
      }}
    </SettingsForm>
  );
}
