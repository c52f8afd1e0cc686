import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { Settings, FieldProblem } from "../../settings/types.ts";
import { CONTENT_IDS, PURCHASE_TRIGGERS, STOREFRONT_MODES, VALUE_BASES } from "../../wording/choices.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { type LatestOrder, ValuePreview } from "./value-preview.tsx";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";

type Props = {
  readonly settings: Settings;
  readonly problems: readonly FieldProblem[];
  /** For the preview of the value bases. */
  readonly latestOrder: LatestOrder | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

type Fields = Record<
  | "purchaseTrigger"
  | "triggerTag"
  | "valueBasis"
  | "contentId"
  | "contentCountry"
  | "storefrontMode"
  | "contextWaitSeconds",
  string
>;

const fieldsOf = (settings: Settings): Fields => ({
  purchaseTrigger: settings.purchaseTrigger,
  triggerTag: settings.orders?.triggerTag ?? "",
  valueBasis: settings.valueBasis,
  contentId: settings.contentId,
  contentCountry: settings.contentCountry,
  storefrontMode: settings.storefrontMode,
  contextWaitSeconds: String(settings.contextWaitSeconds),
});

/**
 * The contents of events. Field names are the keys of `Settings`; App Bridge shows its save bar for `data-save-bar`.
 */
export function MeasurementForm({ settings, problems, latestOrder, busy, onSubmit }: Props) {
  const saved = fieldsOf(settings);
  const [fields, setFields] = useState(saved);
  const withCountry = fields.contentId === "shopify_country_product_variant";
  const field = (name: keyof Fields) => ({
    name,
    value: fields[name],
    onChange: (value: string) => setFields((before) => ({ ...before, [name]: value })),
    error: problemAt(problems, name),
  });
  return (
    <Card>
      <form
        ref={useFocusOnProblem(problems)}
        method="post"
        onSubmit={onSubmit}
        onReset={() => setFields(saved)}
        data-save-bar
        aria-label="Measurement"
        noValidate
      >
        <input type="hidden" name="intent" value="save-settings" />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            What counts, and how
          </Text>
          <ProblemsElsewhere problems={problemsElsewhere(problems, Object.keys(saved))} />
          {/* Sent although its field is hidden, so that switching back keeps the country. */}
          {!withCountry && <input type="hidden" name="contentCountry" value={fields.contentCountry} />}
          <MeasurementFields field={field} withCountry={withCountry} latestOrder={latestOrder} />
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              Save
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

const LATER =
  "Purchases are then sent by the server alone, with the time of that moment, because no checkout can know it.";
const TRIGGER_HELP: Readonly<Record<string, string>> = {
  paid: "Orders that are not paid yet are listed under Events as waiting for payment.",
  placed: "Cash on delivery and bank transfers count at once, even if they are never paid.",
  fulfilled: `An order counts when its carrier reports the delivery to Shopify, paid or not. Without a tracking number, or without a word of the carrier for three days, it counts when it was fulfilled. ${LATER}`,
  tagged: `An order counts when it gets this tag, paid or not: from you, from Shopify Flow or from another app. ${LATER}`,
};

type Field = (name: keyof Fields) => {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | false;
};

type FieldsProps = Pick<Props, "latestOrder"> & { readonly field: Field; readonly withCountry: boolean };

function MeasurementFields({ field, withCountry, latestOrder }: FieldsProps) {
  return (
    <FormLayout>
      <TriggerField field={field} />
      <ValueField field={field} latestOrder={latestOrder} />
      <Select
        label="Content ID"
        options={CONTENT_IDS}
        helpText="Choose what your Meta catalog uses in its id column. Otherwise Meta cannot match products."
        {...field("contentId")}
      />
      {withCountry && (
        <TextField
          label="Country of the catalog"
          helpText="Two letters, as in your catalog’s IDs: US in shopify_US_123_456."
          maxLength={2}
          autoComplete="off"
          {...field("contentCountry")}
        />
      )}
      <Select
        label="Storefront events come from"
        options={STOREFRONT_MODES}
        helpText="From one place only, so that no event counts twice. Choose the embed only when it is on in your theme."
        {...field("storefrontMode")}
      />
      <TextField
        label="Wait for the browser"
        type="number"
        min={0}
        suffix="seconds"
        helpText="How long an order waits for the shopper’s browser, whose data improves matching. After that it is sent without."
        autoComplete="off"
        {...field("contextWaitSeconds")}
      />
    </FormLayout>
  );
}

function TriggerField({ field }: Pick<FieldsProps, "field">) {
  const { value } = field("purchaseTrigger");
  return (
    <BlockStack gap="300">
      <Select
        label="A purchase counts when"
        options={PURCHASE_TRIGGERS}
        helpText={TRIGGER_HELP[value] ?? ""}
        {...field("purchaseTrigger")}
      />
      {value === "tagged" && (
        <TextField
          label="Tag that makes an order count"
          helpText="As it is on your orders; capital and small letters do not matter."
          maxLength={40}
          autoComplete="off"
          {...field("triggerTag")}
        />
      )}
    </BlockStack>
  );
}

function ValueField({ field, latestOrder }: Omit<FieldsProps, "withCountry">) {
  const { value } = field("valueBasis");
  return (
    <BlockStack gap="300">
      <Select
        label="Value of a purchase"
        options={VALUE_BASES}
        helpText="Always in the currency that the shopper paid in."
        {...field("valueBasis")}
      />
      <ValuePreview latest={latestOrder} chosen={value} />
    </BlockStack>
  );
}
