import type { ValueBasis } from "../../event-contract/purchase.ts";
import { ValueBasesTable } from "../../components/value-bases-table.tsx";
import { useWords } from "../../components/words-context.ts";

/** The shop's last order, from Shopify. */
export type LatestOrder = {
  readonly orderId: string;
  readonly orderName: string | null;
  readonly values: Readonly<Record<ValueBasis, number>> & { readonly currency: string };
};

/**
 * Two items at 50.00 each, 10% off; 4.90 for shipping; 19% tax, included in every price. Shown when no order can be
 * read from Shopify: the ledger stores only one value per event, and the others cannot be computed from it.
 */
export const WORKED_EXAMPLE = { currency: "EUR", total: 94.9, subtotal: 90, subtotal_without_tax: 75.63 } as const;

type Props = { readonly latest: LatestOrder | null; readonly chosen: string };

/** The value of the shop's last order by each value basis, or of a labeled example. */
export function ValuePreview({ latest, chosen }: Props) {
  const words = useWords();
  const price = (amount: number): string => words.money(amount, WORKED_EXAMPLE.currency);
  const example = words.text("settings.value.example", { price: price(50), shipping: price(4.9) });
  return latest === null ? (
    <ValueBasesTable values={WORKED_EXAMPLE} chosen={chosen} caption={example} />
  ) : (
    <ValueBasesTable
      values={latest.values}
      chosen={chosen}
      caption={words.text("settings.value.latest", { order: latest.orderName ?? latest.orderId })}
    />
  );
}
