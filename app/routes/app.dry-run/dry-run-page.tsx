import { type FormEventHandler, useState } from "react";
import type { ValueBasis } from "../../event-contract/purchase.ts";
import { DryRunResult } from "./dry-run-result.tsx";
import { ANSWERS } from "../../wording/dry-run-words.ts";
import type { OrderDryRunForReading } from "./dry-run-for-reading.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useListener } from "../../components/use-listener.ts";
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
  const problems = outcome?.kind === "invalid" ? outcome.problems : NO_PROBLEMS;
  return (
    <s-page heading="Dry run">
      <s-paragraph>What Tandem would send for an order, and why. Nothing is stored, and nothing is sent.</s-paragraph>
      {mayRun ? (
        <DryRunForm problems={problems} busy={busy} onSubmit={onSubmit} />
      ) : (
        <s-paragraph>
          A dry run shows what an order says of its customer, which your role does not allow. An owner can change your
          role on the Access page.
        </s-paragraph>
      )}
      <div role="status">{outcome?.kind === "done" && <DryRunResult result={outcome.result} basis={basis} />}</div>
    </s-page>
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

const FIELDS = ["from", "number", "json", "answer"];

type FormProps = Pick<DryRunProps, "busy" | "onSubmit"> & { readonly problems: readonly FieldProblem[] };

function DryRunForm({ problems, busy, onSubmit }: FormProps) {
  const [from, setFrom] = useState("shop");
  const source = useListener<"s-select">("change", ({ value }) => setFrom(value));
  return (
    <s-section accessibilityLabel="Dry run">
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Dry run" noValidate>
        <s-stack gap="base">
          <ProblemsElsewhere problems={problemsElsewhere(problems, FIELDS)} />
          <s-select ref={source} label="The order comes from" name="from" value="shop" {...errorAt(problems, "from")}>
            <s-option value="shop">My shop, by its number</s-option>
            <s-option value="pasted">Pasted JSON</s-option>
          </s-select>
          <OrderFields from={from} problems={problems} />
          <s-select
            label="The shopper’s browser answered"
            name="answer"
            value="allowed"
            details="No browser reports orders at a till, drafts and renewals. For those, your settings for the buyer’s region decide."
            {...errorAt(problems, "answer")}
          >
            {Object.entries(ANSWERS).map(([value, label]) => (
              <s-option key={value} value={value}>
                {label}
              </s-option>
            ))}
          </s-select>
          <s-stack direction="inline" gap="small" justifyContent="end" alignItems="center">
            <s-text color="subdued">Uses your saved settings and pixels.</s-text>
            <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
              Try it
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
  return (
    <>
      <div hidden={from !== "shop"}>
        <s-text-field
          label="Order number"
          name="number"
          placeholder="#1001"
          details="Or the order’s address in the Shopify admin. Tandem reads the order from Shopify as it is now."
          autocomplete="off"
          {...errorAt(problems, "number")}
        />
      </div>
      <div hidden={from === "shop"}>
        <s-text-area
          label="Order as JSON"
          name="json"
          details="The body of an order webhook, or of the REST Admin API’s answer."
          rows={8}
          autocomplete="off"
          {...errorAt(problems, "json")}
        />
      </div>
    </>
  );
}
