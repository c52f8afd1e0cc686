import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { NoAnswerRule } from "../../consent/types.ts";
import type { Settings, FieldProblem } from "../../settings/types.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";

type Props = {
  readonly settings: Settings;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const SOME_REGIONS = "regions";
const CHOICES = [
  { value: "as-policy", label: "Follow my shop’s privacy settings for the buyer’s region (recommended)" },
  { value: SOME_REGIONS, label: "Withhold in these regions, besides" },
  { value: "everywhere", label: "Withhold everywhere" },
];

const savedChoice = (rule: NoAnswerRule): string => (typeof rule === "string" ? rule : SOME_REGIONS);
const savedRegions = (rule: NoAnswerRule): string => (typeof rule === "string" ? "" : rule.join(", "));

/** The rule for orders without a browser's report. Sent as one field, `noAnswer`: a keyword, or the regions. */
export function ConsentForm({ settings: { noAnswer = "as-policy" }, problems, busy, onSubmit }: Props) {
  const [choice, setChoice] = useState(savedChoice(noAnswer));
  const [regions, setRegions] = useState(savedRegions(noAnswer));
  const inRegions = choice === SOME_REGIONS;
  const error = problemAt(problems, "noAnswer");
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Consent" noValidate>
        <input type="hidden" name="intent" value="save-consent" />
        {!inRegions && <input type="hidden" name="noAnswer" value={choice} />}
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Where no browser answered
          </Text>
          <ProblemsElsewhere problems={problemsElsewhere(problems, ["noAnswer"])} />
          <FormLayout>
            <Select
              label="Orders without an answer"
              options={CHOICES}
              helpText={HELP}
              value={choice}
              onChange={setChoice}
              error={inRegions ? false : error}
            />
            {inRegions && (
              <TextField
                label="Regions"
                name="noAnswer"
                placeholder="CA, US-NY"
                helpText="Countries as two letters, or regions of one, separated by commas."
                autoComplete="off"
                value={regions}
                onChange={setRegions}
                error={error}
              />
            )}
          </FormLayout>
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              Save consent
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

const HELP =
  "No browser reports orders at a till, drafts, renewals and those of shoppers who block scripts. Where consent is " +
  "required, or the region is unknown, they are withheld whatever you choose.";
