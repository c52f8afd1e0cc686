import { shopifyId } from "../../event-contract/event-id.ts";
import { fieldsOf } from "../../event-contract/json.ts";
import { type Money, parseMoney, sum } from "../../event-contract/money.ts";
import { type BuyerCurrency, exact, lineTotal } from "./order-money.ts";
import type { LinePayload, OrderPayload, RefundPayload } from "./order-schema.ts";
import type { OrderLine, OrderRefund } from "../types.ts";

/** The order's lines at their price after all discounts; or the index of the first line without a readable price. */
export function linesOf(
  payload: readonly LinePayload[],
  { currency, refunds }: { readonly currency: BuyerCurrency; readonly refunds: OrderPayload["refunds"] },
): { readonly lines: readonly OrderLine[] } | { readonly unreadable: number } {
  const lines: OrderLine[] = [];
  const taken = takenOffByLine(refunds);
  for (const [index, line] of payload.entries()) {
    // A tip is money and not an item, and the web pixel does not list it.
    if (line.tip !== undefined && line.tip !== null) continue;
    const total = lineTotal(line, currency);
    if (!total) return { unreadable: index };
    lines.push(lineOf(line, total, taken));
  }
  return { lines };
}

function lineOf(line: LinePayload, total: Money, taken: ReturnType<typeof takenOffByLine>): OrderLine {
  const id = idOf(line.id);
  return {
    id,
    productId: idOf(line.product_id),
    variantId: idOf(line.variant_id),
    sku: line.sku ?? null,
    quantity: line.quantity,
    total,
    isGiftCard: line.gift_card === true,
    isSubscription: isSubscription(line),
    currentQuantity: line.current_quantity ?? line.quantity,
    takenOff: taken.get(id ?? "") ?? NOTHING,
  };
}

/**
 * Whether the line starts a subscription. Pre-orders and deposits have a selling plan too: either the plan says that
 * nothing recurs, or its ID is null, which overrides the allocation. Older API versions send no ID at all.
 */
function isSubscription({ selling_plan_id: planId, selling_plan_allocation: allocation }: LinePayload): boolean {
  const plan = fieldsOf(fieldsOf(allocation)?.["selling_plan"]);
  if (planId === null || plan?.["recurring_deliveries"] === false) return false;
  return planId !== undefined || (allocation !== undefined && allocation !== null);
}

// Nearly all IDs are numbers, three per line, which need no pattern: a tenth of the time.
const idOf = (id: LinePayload["id"]): string | null =>
  typeof id === "number" && Number.isSafeInteger(id) && id >= 0 ? String(id) : shopifyId(id);

const NOTHING: readonly never[] = [];

// Lines that staff removes are booked as refunds without money (shopify.dev, changelog 2023-12-05 on
// `current_quantity`: before it, refunds were the way to compute a line's remaining quantity). Collected once for all
// lines, because an order may have thousands of both.
function takenOffByLine(refunds: OrderPayload["refunds"]): ReadonlyMap<string, OrderLine["takenOff"]> {
  const changes = (refunds ?? []).flatMap((refund) => {
    const at_s = timeOf(refund);
    const lines = refund.refund_line_items ?? [];
    return at_s === null ? [] : lines.map(({ line_item_id, quantity }) => ({ id: idOf(line_item_id), at_s, quantity }));
  });
  const taken = new Map<string, OrderLine["takenOff"][number][]>();
  for (const { id, ...change } of changes) {
    if (id === null) continue;
    const ofLine = taken.get(id) ?? [];
    ofLine.push(change);
    taken.set(id, ofLine);
  }
  return taken;
}

const timeOf = ({ processed_at, created_at }: RefundPayload): number | null =>
  secondsOf(processed_at) ?? secondsOf(created_at);

/**
 * Refunds with money. Excludes returns and exchanges without any, pending refunds, and those in another currency than
 * the buyer's, because nothing is converted.
 */
export function refundsOf(
  refunds: OrderPayload["refunds"],
  lines: readonly OrderLine[],
  { code }: BuyerCurrency,
): readonly OrderRefund[] {
  const bought = byId(lines);
  return (refunds ?? []).flatMap((refund): OrderRefund[] => {
    const id = shopifyId(refund.id);
    const at_s = timeOf(refund);
    const paidBack = exact(sum(moneyBack(refund, code), code));
    if (id === null || at_s === null || !paidBack || paidBack.minor <= 0) return [];
    return [{ id, at_s, paidBack, lines: linesBack(refund, bought) }];
  });
}

const moneyBack = (refund: RefundPayload, code: BuyerCurrency["code"]): readonly Money[] =>
  (refund.transactions ?? []).flatMap(({ kind, status, amount, currency }) => {
    const money = amount != null && currency?.toUpperCase() === code ? parseMoney(amount, code) : null;
    return kind === "refund" && status === "success" && money ? [money] : [];
  });

/** Lines by ID; the first one wins. */
const byId = (lines: readonly OrderLine[]): ReadonlyMap<string, OrderLine> =>
  new Map(lines.flatMap((line) => (line.id === null ? [] : [[line.id, line] as const])).reverse());

const linesBack = (refund: RefundPayload, lines: ReadonlyMap<string, OrderLine>): readonly OrderLine[] =>
  (refund.refund_line_items ?? []).flatMap(({ line_item_id, quantity }) => {
    const bought = lines.get(idOf(line_item_id) ?? "");
    if (!bought || quantity === 0 || quantity > bought.quantity) return [];
    const minor = Math.round((bought.total.minor * quantity) / bought.quantity);
    return [{ ...bought, quantity, total: { ...bought.total, minor } }];
  });

/** Unix seconds, or null. Without an offset the time would depend on this process's time zone. */
export function secondsOf(time: string | null | undefined): number | null {
  const ms = time && /(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
