import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { FormEvent } from "../../event-contract/published-settings.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";
import type { FieldProblem } from "../../settings/types.ts";

export type FormKind = "contact" | "newsletter" | "registration";

export type FormsView = {
  readonly kinds: readonly {
    readonly kind: FormKind;
    /** Null: the merchant has not chosen, and the default event applies. */
    readonly chosen: FormEvent | "none" | null;
    readonly usual: FormEvent;
  }[];
  /** Rules for particular forms, one per line. */
  readonly further: string;
};

type Props = {
  readonly view: FormsView;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const KINDS = {
  contact: "Contact form",
  newsletter: "Newsletter sign-up",
  registration: "Customer registration",
} as const satisfies Record<FormKind, string>;

const EVENTS = {
  Lead: "Lead",
  Contact: "Contact",
  CompleteRegistration: "CompleteRegistration",
  none: "Nothing",
} as const satisfies Record<FormEvent | "none", string>;

const USUAL = "";

/** The event that each of the theme's forms is reported as. Sent as one field, `forms`, with one rule per line. */
export function FormsForm({ view, problems, busy, onSubmit }: Props) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(view.kinds.map(({ kind, chosen: saved }) => [kind, saved ?? USUAL])),
  );
  const [further, setFurther] = useState(view.further);
  const lines = view.kinds.flatMap(({ kind }) => (chosen[kind] ? [`${kind} ${chosen[kind]}`] : []));
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Forms" noValidate>
        <input type="hidden" name="intent" value="save-forms" />
        <input type="hidden" name="forms" value={[...lines, further].join("\n")} />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Forms
          </Text>
          <ProblemsElsewhere problems={problemsElsewhere(problems, ["forms"])} />
          <FormLayout>
            {view.kinds.map(({ kind, usual }) => (
              <Select
                key={kind}
                label={KINDS[kind]}
                options={optionsBeside(usual)}
                value={chosen[kind] ?? USUAL}
                onChange={(value) => setChosen((before) => ({ ...before, [kind]: value }))}
              />
            ))}
            <TextField
              label="Further forms"
              placeholder="#wholesale-form Lead"
              helpText={FURTHER}
              multiline={3}
              autoComplete="off"
              value={further}
              onChange={setFurther}
              error={problemAt(problems, "forms")}
            />
          </FormLayout>
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              Save forms
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

const optionsBeside = (usual: FormEvent) => [
  { value: USUAL, label: `As usual: ${EVENTS[usual]}` },
  ...Object.entries(EVENTS).map(([value, label]) => ({ value, label })),
];

const FURTHER =
  "One per line: a CSS selector of IDs, classes and attributes, then Lead, Contact, CompleteRegistration or none. A " +
  "rule here takes precedence over the form’s kind.";
