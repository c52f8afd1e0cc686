import { BlockStack, Button, Card, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { Pixel, FieldProblem } from "../../settings/types.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";

type Props = {
  readonly pixels: readonly Pixel[];
  /** The connected pixel whose token the merchant wants to replace. */
  readonly replacing: Pixel | null;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const FIELDS = ["pixelId", "token", "testEventCode"] as const;

/** Connects a pixel, or replaces the token of a connected one. The token field always starts empty. */
export function PixelForm({ pixels, replacing, problems, busy, onSubmit }: Props) {
  const [fields, setFields] = useState({
    pixelId: replacing?.metaPixelId ?? "",
    token: "",
    testEventCode: replacing?.testEventCode ?? "",
  });
  const field: Field = (name) => ({
    name,
    value: fields[name],
    onChange: (value) => setFields((before) => ({ ...before, [name]: value })),
    error: problemAt(problems, name),
    autoComplete: "off",
  });
  const known = pixels.find((pixel) => pixel.metaPixelId === fields.pixelId.trim());
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Connect a pixel" noValidate>
        <input type="hidden" name="intent" value="connect-pixel" />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {known ? `Replace the token of pixel ${known.metaPixelId}` : "Connect a pixel"}
          </Text>
          <ProblemsElsewhere problems={problemsElsewhere(problems, FIELDS)} />
          <PixelFields field={field} known={known} focusToken={replacing !== null && problems.length === 0} />
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              {known ? "Replace token" : "Connect pixel"}
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

type Field = (name: (typeof FIELDS)[number]) => {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | false;
  readonly autoComplete: "off";
};

type FieldsProps = { readonly field: Field; readonly known: Pixel | undefined; readonly focusToken: boolean };

function PixelFields({ field, known, focusToken }: FieldsProps) {
  return (
    <FormLayout>
      <TextField
        {...field("pixelId")}
        label="Pixel ID"
        helpText="The number in Events Manager under Data sources, your pixel, Settings (Dataset ID)."
        inputMode="numeric"
      />
      <TextField
        {...field("token")}
        label="Access token"
        type="password"
        helpText={tokenHelp(known)}
        focused={focusToken}
      />
      <TextField
        {...field("testEventCode")}
        label="Test event code (optional)"
        helpText="From Events Manager, Test events. While it is set, Meta shows the server’s events there. Remove it when you have finished testing."
      />
    </FormLayout>
  );
}

const tokenHelp = (known: Pixel | undefined): string =>
  known?.hasToken === true
    ? "A token is stored. It is never shown again: leave this empty to keep it, or paste a new one to replace it."
    : "From Events Manager, your pixel, Settings, Conversions API, Generate access token. It is stored encrypted and never shown again.";
