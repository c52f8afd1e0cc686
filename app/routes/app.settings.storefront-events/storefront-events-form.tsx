import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { SettingsForm } from "../../components/settings/settings-form.tsx";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import { useChosen } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Settings } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";
import { MappingFields, isOfMapping, type MappingView } from "./mapping-fields.tsx";

type Props = { readonly settings: Settings; readonly mapping: MappingView; readonly forms: SettingsForms };

type FieldProps = { readonly settings: Settings; readonly problems: readonly FieldProblem[] };

/** Who reports the storefront, how it names products, and which events come of it. */
export function StorefrontEventsForm({ settings, mapping, forms }: Props) {
  const words = useWords();
  const [resets, setResets] = useState(0);
  return (
    <SettingsForm
      page="storefront-events"
      forms={forms}
      shows={isOfMapping}
      onReset={() => setResets((count) => count + 1)}
    >
      {(problems) => (
        <>
          <s-section heading={words.text("settings.storefront.heading")}>
            <s-stack gap="base">
              <StorefrontModeField settings={settings} problems={problems} />
              <ContentFields key={`content ${String(resets)}`} settings={settings} problems={problems} />
            </s-stack>
          </s-section>
          <MappingFields key={`mapping ${String(resets)}`} mapping={mapping} problems={problems} />
        </>
      )}
    </SettingsForm>
  );
}

function StorefrontModeField({ settings: { storefrontMode }, problems }: FieldProps) {
  const words = useWords();
  return (
    <ChoiceField
      label={words.text("settings.storefront-mode")}
      name="storefrontMode"
      choices={choicesOf(words, "storefront-mode")}
      details={words.text("settings.storefront-mode.help")}
      value={storefrontMode}
      {...errorAt(words, problems, "storefrontMode")}
    />
  );
}

function ContentFields({ settings: { contentId, contentCountry }, problems }: FieldProps) {
  const words = useWords();
  const [chosen, menu] = useChosen(contentId);
  return (
    <s-stack gap="small">
      <ChoiceField
        label={words.text("settings.content-id")}
        name="contentId"
        choices={choicesOf(words, "content-id")}
        details={words.text("settings.content-id.help")}
        value={contentId}
        listener={menu}
        {...errorAt(words, problems, "contentId")}
      />
      <div hidden={chosen !== "shopify_country_product_variant"}>
        <s-text-field
          label={words.text("settings.content-country")}
          name="contentCountry"
          details={words.text("settings.content-country.help")}
          maxLength={2}
          autocomplete="off"
          value={contentCountry}
          {...errorAt(words, problems, "contentCountry")}
        />
      </div>
    </s-stack>
  );
}
