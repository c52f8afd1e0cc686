import type { MissingOrder, ReconcileState } from "../../ledger/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { FOUND_OUTCOMES, MISSING_BECAUSE } from "./missing-orders.ts";

/** The last comparison of Shopify's orders with the ledger, and the orders that were missing. */
export function OrdersComparedCard({ state }: { readonly state: ReconcileState }) {
  const { finishedAt, report, problem } = state;
  if (finishedAt === null || report === null) return null;
  return (
    <s-section heading="Compared with Shopify’s orders">
      <s-paragraph color="subdued">
        Last at <LocalTime at={finishedAt} />: {counted(report.orders, "changed order")} looked at,{" "}
        {report.missing === 0 ? "none missing." : `${String(report.missing)} missing.`}
      </s-paragraph>
      {report.found.length > 0 && (
        <s-unordered-list>
          {groups(report.found).map(([sentence, count]) => (
            <s-list-item key={sentence}>
              {counted(count, "order")} {sentence}
            </s-list-item>
          ))}
        </s-unordered-list>
      )}
      {problem !== null && <s-paragraph>The comparison stopped early and continues next time: {problem}</s-paragraph>}
    </s-section>
  );
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? "" : "s"}`;

function groups(orders: readonly MissingOrder[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { because, outcome } of orders) {
    const sentence = `${MISSING_BECAUSE[because]}. ${FOUND_OUTCOMES[outcome]}`;
    counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  }
  return [...counts];
}
