import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { SettingsForm } from "../../components/settings/settings-form.tsx";
import { TriggerFields } from "../../components/settings/trigger-fields.tsx";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import { useChosen } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Settings } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";
import { type LatestOrder, ValuePreview } from "./value-preview.tsx";

type Props = {
  readonly settings: Settings;
  /** For the worked example. Null until Shopify has answered, and if there is none. */
  readonly latestOrder: LatestOrder | null;
  readonly forms: SettingsForms;
};

type FieldProps = { readonly settings: Settings; readonly problems: readonly FieldProblem[] };

/** When an order counts as a purchase, and for how much. Field names are the keys of `Settings`. */
export function PurchaseForm({ settings, latestOrder, forms }: Props) {
  const words = useWords();
  const [resets, setResets] = useState(0);
  const { giftCards = "count" } = settings;
  return (
    <SettingsForm page="purchase" forms={forms} onReset={() => setResets((count) => count + 1)}>
      {(problems) => (
        <>
          <s-section heading={words.text("settings.counting.heading")}>
            <TriggerFields key={`trigger ${String(resets)}`} settings={settings} problems={problems} />
          </s-section>
          <s-section heading={words.text("settings.value.heading")}>
            <s-stack gap="base">
              <ValueField
                key={`value ${String(resets)}`}
                settings={settings}
                problems={problems}
                latestOrder={latestOrder}
              />
              <ChoiceField
                label={words.text("settings.gift-cards")}
                name="giftCards"
                choices={choicesOf(words, "gift-cards")}
                details={words.text("settings.gift-cards.help")}
                value={giftCards}
                {...errorAt(words, problems, "giftCards")}
              />
            </s-stack>
          </s-section>
        </>
      )}
    </SettingsForm>
  );
}

function ValueField({ settings: { valueBasis }, problems, latestOrder }: FieldProps & Pick<Props, "latestOrder">) {
  const words = useWords();
  const [basis, menu] = useChosen(valueBasis);
  return (
    <s-stack gap="small">
      <ChoiceField
        label={words.text("settings.value")}
        name="valueBasis"
        choices={choicesOf(words, "value-basis")}
        details={words.text("settings.value.help")}
        value={valueBasis}
        listener={menu}
        {...errorAt(words, problems, "valueBasis")}
      />
      <ValuePreview latest={latestOrder} chosen={basis} />
    </s-stack>
  );
}
