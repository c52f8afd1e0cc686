import { LocalTime } from "../../components/local-time.tsx";
import type { SetupStep } from "./setup-steps.ts";

/** What a step's button opens. The last two are outside of the app, so they open in a new tab. */
export type StepLinks = Readonly<Record<NonNullable<SetupStep["action"]>["to"], string>>;

type Props = { readonly steps: readonly SetupStep[]; readonly links: StepLinks };

/** The setup guide: every step with its result, or what to do next. */
export function SetupGuide({ steps, links }: Props) {
  const done = steps.filter((step) => step.done).length;
  return (
    <s-section heading="Setup guide">
      <s-paragraph color="subdued">
        {done === steps.length
          ? "Everything is set up, and Tandem has seen it work."
          : `${String(done)} of ${String(steps.length)} steps are done. A step turns green by itself when Tandem has seen it work.`}
      </s-paragraph>
      <s-progress accessibilityLabel="Steps done" value={done} max={steps.length} />
      <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {steps.map((step) => (
          <StepLine key={step.id} step={step} links={links} />
        ))}
      </ol>
    </s-section>
  );
}

function StepLine({ step, links }: { readonly step: SetupStep; readonly links: StepLinks }) {
  return (
    <li data-step={step.id} data-done={step.done}>
      <s-divider />
      <s-box paddingBlock="small">
        <s-section heading={step.title}>
          <s-badge slot="accessory" {...(step.done && { tone: "success" as const })}>
            {step.done ? "Done" : "Open"}
          </s-badge>
          <s-paragraph color="subdued">
            {step.detail}
            {step.since && (
              <>
                {" First seen "}
                <LocalTime at={step.since} />.
              </>
            )}
          </s-paragraph>
          {step.action && <StepButton action={step.action} links={links} />}
        </s-section>
      </s-box>
    </li>
  );
}

type Action = NonNullable<SetupStep["action"]>;

function StepButton({ action, links }: { readonly action: Action; readonly links: StepLinks }) {
  const leavesTheApp = action.to === "theme-editor" || action.to === "storefront";
  return (
    <div>
      <s-button href={links[action.to]} {...(leavesTheApp && { target: "_blank" as const })}>
        {action.label}
      </s-button>
    </div>
  );
}
