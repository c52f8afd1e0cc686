import { BlockStack, Box, Button, Card, Icon, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { LocalTime } from "../../components/local-time.tsx";
import type { SetupStep } from "./setup-steps.ts";

/** What a step's button opens. The last two are outside of the app, so they open in a new tab. */
export type StepLinks = Readonly<Record<NonNullable<SetupStep["action"]>["to"], string>>;

type Props = { readonly steps: readonly SetupStep[]; readonly links: StepLinks };

/** The setup guide: every step with its result, or what to do next. */
export function SetupGuide({ steps, links }: Props) {
  const done = steps.filter((step) => step.done).length;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd" id="setup-title">
            Setup guide
          </Text>
          <Text as="p" tone="subdued">
            {done === steps.length
              ? "Everything is set up, and Tandem has seen it work."
              : `${String(done)} of ${String(steps.length)} steps are done. A step turns green by itself when Tandem has seen it work.`}
          </Text>
          <ProgressBar
            progress={(done / steps.length) * 100}
            size="small"
            tone="success"
            ariaLabelledBy="setup-title"
          />
        </BlockStack>
        <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {steps.map((step) => (
            <StepLine key={step.id} step={step} links={links} />
          ))}
        </ol>
      </BlockStack>
    </Card>
  );
}

function StepLine({ step, links }: { readonly step: SetupStep; readonly links: StepLinks }) {
  return (
    <li data-step={step.id} data-done={step.done}>
      <Box paddingBlock="300" borderBlockStartWidth="025" borderColor="border-secondary">
        <InlineStack gap="300" wrap={false} blockAlign="start">
          <div style={{ flex: "none" }}>
            <Icon
              source={step.done ? CheckCircleIcon : OpenStepIcon}
              tone={step.done ? "success" : "subdued"}
              accessibilityLabel={step.done ? "Done" : "Open"}
            />
          </div>
          <BlockStack gap="100" align="start" inlineAlign="start">
            <Text as="h3" variant="headingSm">
              {step.title}
            </Text>
            <Text as="p" tone="subdued">
              {step.detail}
              {step.since && (
                <>
                  {" First seen "}
                  <LocalTime at={step.since} />.
                </>
              )}
            </Text>
            {step.action && <StepButton action={step.action} links={links} />}
          </BlockStack>
        </InlineStack>
      </Box>
    </li>
  );
}

// Polaris has no icon for an open step.
const OpenStepIcon = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <circle cx="10" cy="10" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.6 2.3" />
  </svg>
);

type Action = NonNullable<SetupStep["action"]>;

function StepButton({ action, links }: { readonly action: Action; readonly links: StepLinks }) {
  const leavesTheApp = action.to === "theme-editor" || action.to === "storefront";
  return (
    <Box paddingBlockStart="100">
      <Button url={links[action.to]} {...(leavesTheApp && { target: "_blank" as const })}>
        {action.label}
      </Button>
    </Box>
  );
}
