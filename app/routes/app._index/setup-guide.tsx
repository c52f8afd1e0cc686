import { LocalTime } from "../../components/local-time.tsx";
import { useWords } from "../../components/words-context.ts";
import { leavesTheApp, type PlaceContext, urlOf } from "./places.ts";
import type { SetupStep, StepPlace } from "./setup-steps.ts";

type Props = { readonly steps: readonly SetupStep[]; readonly at: PlaceContext };

/** The setup guide: every step with its result, or what to do next; one line once all are done. */
export function SetupGuide({ steps, at }: Props) {
  const words = useWords();
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return <s-paragraph color="subdued">{words.text("home.guide.complete")}</s-paragraph>;
  return (
    <s-section heading={words.text("home.guide.title")}>
      <s-paragraph color="subdued">{words.text("home.guide.progress", { done, count: steps.length })}</s-paragraph>
      <s-progress accessibilityLabel={words.text("home.guide.progress.label")} value={done} max={steps.length} />
      <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {steps.map((step) => (
          <StepLine key={step.id} step={step} at={at} />
        ))}
      </ol>
    </s-section>
  );
}

function StepLine({ step, at }: { readonly step: SetupStep } & Pick<Props, "at">) {
  const words = useWords();
  return (
    <li data-step={step.id} data-done={step.done}>
      <s-divider />
      <s-box paddingBlock="small">
        <s-section heading={words.text(`home.step.${step.id}.title`)}>
          <s-badge slot="accessory" {...(step.done && { tone: "success" as const })}>
            {words.text(step.done ? "home.guide.done" : "home.guide.open")}
          </s-badge>
          <s-paragraph color="subdued">
            {words.text(step.detail)}
            {step.since && <Since at={step.since} />}
          </s-paragraph>
          {step.to !== null && <StepButton to={step.to} at={at} />}
        </s-section>
      </s-box>
    </li>
  );
}

/** The text around a time that has a title of its own. */
function Since({ at }: { readonly at: Date }) {
  const [before = "", after = ""] = useWords().text("home.guide.since", { at: PLACE_OF_TIME }).split(PLACE_OF_TIME);
  return (
    <>
      {` ${before}`}
      <LocalTime at={at} />
      {after}
    </>
  );
}

const PLACE_OF_TIME = "\uFFFC";

function StepButton({ to, at }: { readonly to: StepPlace } & Pick<Props, "at">) {
  const url = urlOf(to, at);
  return (
    <div>
      <s-button href={url} {...(leavesTheApp(url) && { target: "_blank" as const })}>
        {useWords().text(`home.guide.to.${to}`)}
      </s-button>
    </div>
  );
}
