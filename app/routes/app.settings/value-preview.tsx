import type { ValueBasis } from "../../event-contract/purchase.ts";
import { ValueBasesTable } from "../../components/value-bases-table.tsx";

/** The shop's last order, from Shopify. */
export type LatestOrder = {
  readonly orderId: string;
  readonly values: Readonly<Record<ValueBasis, number>> & { readonly currency: string };
};

/**
 * Two items at 50.00 each, 10% off; 4.90 for shipping; 19% tax, included in every price. Shown when no order can be
 * read from Shopify: the ledger stores only one value per event, and the others cannot be computed from it.
 */
export const WORKED_EXAMPLE = { currency: "EUR", total: 94.9, subtotal: 90, subtotal_without_tax: 75.63 } as const;

const EXAMPLE = "A worked example: two items at 50.00, 10% off, 4.90 shipping, 19% tax included in the prices";

type Props = { readonly latest: LatestOrder | null; readonly chosen: string };

/** The value of the shop's last order by each value basis, or of a labeled example. */
export function ValuePreview({ latest, chosen }: Props) {
  return latest === null ? (
    <ValueBasesTable values={WORKED_EXAMPLE} chosen={chosen} caption={EXAMPLE} />
  ) : (
    <ValueBasesTable values={latest.values} chosen={chosen} caption={`Your latest order, ${latest.orderId}`} />
  );
}
