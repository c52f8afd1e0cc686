import { useWords } from "../../components/words-context.ts";
import type { ReconcileState } from "../../ledger/types.ts";
import { comparisonProblemIn } from "../../wording/comparison-problem-in-words.ts";
import { groupMissing } from "./missing-orders.ts";

/** The last comparison of Shopify's orders with the ledger, and the orders that were missing. */
export function OrdersComparedCard({ state }: { readonly state: ReconcileState }) {
  const words = useWords();
  const { finishedAt, report, problem } = state;
  if (finishedAt === null || report === null) return null;
  const { orders: count, missing } = report;
  const at = words.time(finishedAt);
  return (
    <s-section heading={words.text("home.orders-compared.title")}>
      <s-paragraph color="subdued">
        {missing === 0
          ? words.text("home.orders-compared.none", { at, count })
          : words.text("home.orders-compared.missing", { at, count, missing })}
      </s-paragraph>
      {report.found.length > 0 && (
        <s-unordered-list>
          {groupMissing(report.found).map(({ because, outcome, count }) => (
            <s-list-item key={`${because} ${outcome}`}>
              {words.text("home.orders-compared.found", {
                count,
                because: words.text(`home.missing.${because}`),
                outcome: words.text(`home.found.${outcome}`),
              })}
            </s-list-item>
          ))}
        </s-unordered-list>
      )}
      {problem !== null && (
        <s-paragraph>
          {words.text("home.orders-compared.stopped", { problem: comparisonProblemIn(words, problem) })}
        </s-paragraph>
      )}
    </s-section>
  );
}
