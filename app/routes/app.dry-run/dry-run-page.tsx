import {
  BlockStack,
  Box,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Page,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { ValueBasis } from "../../event-contract/purchase.ts";
import { DryRunResult } from "./dry-run-result.tsx";
import { ANSWERS } from "../../wording/dry-run-words.ts";
import type { OrderDryRunForReading } from "./dry-run-for-reading.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";
import type { FieldProblem } from "../../settings/types.ts";

export type DryRunOutcome =
  | { readonly kind: "done"; readonly result: OrderDryRunForReading }
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] };

export type DryRunProps = {
  /** Whether the person's role allows a dry run, which shows what an order says of its customer. */
  readonly mayRun: boolean;
  readonly outcome: DryRunOutcome | null;
  readonly basis: ValueBasis;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** A dry run: shows what Tandem would send for an order. */
export function DryRunPage({ mayRun, outcome, basis, busy, onSubmit }: DryRunProps) {
  const problems = outcome?.kind === "invalid" ? outcome.problems : NO_PROBLEMS;
  return (
    <Page
      title="Dry run"
      subtitle="What Tandem would send for an order, and why. Nothing is stored, and nothing is sent."
    >
      <Box paddingBlockEnd="800">
        <BlockStack gap="400">
          {mayRun ? (
            <DryRunForm problems={problems} busy={busy} onSubmit={onSubmit} />
          ) : (
            <Text as="p">
              A dry run shows what an order says of its customer, which your role does not allow. An owner can change
              your role on the Access page.
            </Text>
          )}
          <div role="status">{outcome?.kind === "done" && <DryRunResult result={outcome.result} basis={basis} />}</div>
        </BlockStack>
      </Box>
    </Page>
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

const SOURCES = [
  { value: "shop", label: "My shop, by its number" },
  { value: "pasted", label: "Pasted JSON" },
];

const EMPTY = { from: "shop", number: "", json: "", answer: "allowed" };
type Name = keyof typeof EMPTY;
type Field = (name: Name) => {
  readonly name: Name;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | false;
};
type FormProps = Pick<DryRunProps, "busy" | "onSubmit"> & { readonly problems: readonly FieldProblem[] };

function DryRunForm({ problems, busy, onSubmit }: FormProps) {
  const [fields, setFields] = useState(EMPTY);
  const field: Field = (name) => ({
    name,
    value: fields[name],
    onChange: (value: string) => setFields((before) => ({ ...before, [name]: value })),
    error: problemAt(problems, name),
  });
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Dry run" noValidate>
        <BlockStack gap="400">
          <ProblemsElsewhere problems={problemsElsewhere(problems, Object.keys(EMPTY))} />
          <FormLayout>
            <Select label="The order comes from" options={SOURCES} {...field("from")} />
            <OrderField from={fields.from} field={field} />
            <Select
              label="The shopper’s browser answered"
              options={Object.entries(ANSWERS).map(([value, label]) => ({ value, label }))}
              helpText="No browser reports orders at a till, drafts and renewals. For those, your settings for the buyer’s region decide."
              {...field("answer")}
            />
          </FormLayout>
          <InlineStack gap="300" align="end" blockAlign="center">
            <Text as="p" tone="subdued">
              Uses your saved settings and pixels.
            </Text>
            <Button submit variant="primary" loading={busy}>
              Try it
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

function OrderField({ from, field }: { readonly from: string; readonly field: Field }) {
  return from === "shop" ? (
    <TextField
      label="Order number"
      placeholder="#1001"
      helpText="Or the order’s address in the Shopify admin. Tandem reads the order from Shopify as it is now."
      autoComplete="off"
      {...field("number")}
    />
  ) : (
    <TextField
      label="Order as JSON"
      helpText="The body of an order webhook, or of the REST Admin API’s answer."
      multiline={8}
      maxHeight="24rem"
      monospaced
      autoComplete="off"
      {...field("json")}
    />
  );
}
