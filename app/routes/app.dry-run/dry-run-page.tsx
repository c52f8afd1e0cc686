import { type FormEventHandler } from "react";
import type { ValueBasis } from "../../event-contract/purchase.ts";
import { DryRunResult } from "./dry-run-result.tsx";
import { useWords } from "../../components/words-context.ts";
import { answersIn } from "../../wording/dry-run-words.ts";
import type { OrderDryRunForReading } from "./dry-run-for-reading.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useChosen } from "../../components/use-listener.ts";
import { errorAt, ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
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
  const words = useWords();
  const problems = outcome?.kind === "invalid" ? outcome.problems : NO_PROBLEMS;
  return (
    <s-page heading={words.text("frame.page.dry-run")}>
      <s-paragraph>{words.text("dryRun.introduction")}</s-paragraph>
      {mayRun ? (
        <DryRunForm problems={problems} busy={busy} onSubmit={onSubmit} />
      ) : (
        <s-paragraph>{words.text("dryRun.not-permitted")}</s-paragraph>
      )}
      <div role="status">{outcome?.kind === "done" && <DryRunResult result={outcome.result} basis={basis} />}</div>
    </s-page>
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

const FIELDS = ["from", "number", "json", "answer"];

type FormProps = Pick<DryRunProps, "busy" | "onSubmit"> & { readonly problems: readonly FieldProblem[] };

function DryRunForm({ problems, busy, onSubmit }: FormProps) {
  const words = useWords();
  const name = words.text("frame.page.dry-run");
  const [from, source] = useChosen("shop");
  return (
    <s-section accessibilityLabel={name}>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label={name} noValidate>
        <s-stack gap="base">
          <ProblemsElsewhere problems={problemsElsewhere(problems, FIELDS)} />
          <s-select
            ref={source}
            label={words.text("dryRun.from")}
            name="from"
            value="shop"
            {...errorAt(words, problems, "from")}
          >
            <s-option value="shop">{words.text("dryRun.from.shop")}</s-option>
            <s-option value="pasted">{words.text("dryRun.from.pasted")}</s-option>
          </s-select>
          <OrderFields from={from} problems={problems} />
          <s-select
            label={words.text("dryRun.browser-answered")}
            name="answer"
            value="allowed"
            details={words.text("dryRun.browser-answered.details")}
            {...errorAt(words, problems, "answer")}
          >
            {answersIn(words).map(({ value, label }) => (
              <s-option key={value} value={value}>
                {label}
              </s-option>
            ))}
          </s-select>
          <s-stack direction="inline" gap="small" justifyContent="end" alignItems="center">
            <s-text color="subdued">{words.text("dryRun.uses-settings")}</s-text>
            <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
              {words.text("dryRun.try")}
            </s-button>
          </s-stack>
        </s-stack>
      </form>
    </s-section>
  );
}

type OrderFieldsProps = Pick<FormProps, "problems"> & { readonly from: string };

/** Both ways to give an order; the other one is hidden, and keeps what was typed into it. */
function OrderFields({ from, problems }: OrderFieldsProps) {
  const words = useWords();
  return (
    <>
      <div hidden={from !== "shop"}>
        <s-text-field
          label={words.text("dryRun.number")}
          name="number"
          placeholder="#1001"
          details={words.text("dryRun.number.details")}
          autocomplete="off"
          {...errorAt(words, problems, "number")}
        />
      </div>
      <div hidden={from === "shop"}>
        <s-text-area
          label={words.text("dryRun.json")}
          name="json"
          details={words.text("dryRun.json.details")}
          rows={8}
          autocomplete="off"
          {...errorAt(words, problems, "json")}
        />
      </div>
    </>
  );
}
