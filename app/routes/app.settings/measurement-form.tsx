import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { useChosen } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Settings } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";
import { ChoiceField } from "./choice-field.tsx";
import { SettingsForm, type VersionedFormProps } from "./settings-form.tsx";
import { type LatestOrder, ValuePreview } from "./value-preview.tsx";

type Props = VersionedFormProps & {
  readonly settings: Settings;
  /** For the preview of the value bases. */
  readonly latestOrder: LatestOrder | null;
};

type FieldProps = { readonly settings: Settings; readonly problems: readonly FieldProblem[] };

const FIELDS = [
  "purchaseTrigger",
  "triggerTag",
  "valueBasis",
  "contentId",
  "contentCountry",
  "storefrontMode",
  "contextWaitSeconds",
];

/** The contents of events. Field names are the keys of `Settings`. */
export function MeasurementForm({ settings, latestOrder, ...form }: Props) {
  const words = useWords();
  const [resets, setResets] = useState(0);
  const fields = { settings, problems: form.problems };
  return (
    <SettingsForm
      name="settings"
      heading={words.text("settings.measurement.heading")}
      fields={FIELDS}
      onReset={() => setResets((count) => count + 1)}
      {...form}
    >
      <TriggerFields key={`trigger ${String(resets)}`} {...fields} />
      <ValueField key={`value ${String(resets)}`} {...fields} latestOrder={latestOrder} />
      <ContentFields key={`content ${String(resets)}`} {...fields} />
      <StorefrontModeField {...fields} />
      <WaitField {...fields} />
    </SettingsForm>
  );
}

function TriggerFields({ settings: { purchaseTrigger, orders }, problems }: FieldProps) {
  const words = useWords();
  const [trigger, menu] = useChosen(purchaseTrigger);
  const isTagged = trigger === "tagged";
  const choices = choicesOf(words, "purchase-trigger");
  const chosen = choices.find(({ value }) => value === trigger)?.value ?? purchaseTrigger;
  return (
    <s-stack gap="small">
      <ChoiceField
        label={words.text("settings.trigger")}
        name="purchaseTrigger"
        choices={choices}
        details={words.text(`settings.trigger.${chosen}`)}
        value={purchaseTrigger}
        listener={menu}
        {...errorAt(problems, "purchaseTrigger")}
      />
      <div hidden={!isTagged}>
        <s-text-field
          label={words.text("settings.trigger-tag")}
          details={words.text("settings.trigger-tag.help")}
          maxLength={40}
          autocomplete="off"
          value={orders?.triggerTag ?? ""}
          // Unnamed it is not sent: no other trigger needs a tag.
          {...(isTagged && { name: "triggerTag" })}
          {...errorAt(problems, "triggerTag")}
        />
      </div>
    </s-stack>
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
        {...errorAt(problems, "valueBasis")}
      />
      <ValuePreview latest={latestOrder} chosen={basis} />
    </s-stack>
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
        {...errorAt(problems, "contentId")}
      />
      <div hidden={chosen !== "shopify_country_product_variant"}>
        <s-text-field
          label={words.text("settings.content-country")}
          name="contentCountry"
          details={words.text("settings.content-country.help")}
          maxLength={2}
          autocomplete="off"
          value={contentCountry}
          {...errorAt(problems, "contentCountry")}
        />
      </div>
    </s-stack>
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
      {...errorAt(problems, "storefrontMode")}
    />
  );
}

function WaitField({ settings: { contextWaitSeconds }, problems }: FieldProps) {
  const words = useWords();
  return (
    <s-number-field
      label={words.text("settings.wait")}
      name="contextWaitSeconds"
      min={0}
      suffix={words.text("settings.seconds")}
      details={words.text("settings.wait.help")}
      autocomplete="off"
      value={String(contextWaitSeconds)}
      {...errorAt(problems, "contextWaitSeconds")}
    />
  );
}
