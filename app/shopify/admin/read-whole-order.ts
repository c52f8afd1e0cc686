import type { AdminAnswer, AdminGraphql, Unanswered } from "./admin-graphql.server.ts";
import { type OrderPage, orderPage, READ_ORDER } from "./admin-order-schema.ts";
import { adminRefunds, READ_REFUNDS } from "./admin-refunds.ts";
import { webhookBodyOf } from "./order-from-admin.ts";

export type WholeOrder =
  /** In the form of the webhook that Shopify would send. */
  | { readonly kind: "read"; readonly body: string }
  | { readonly kind: "gone" }
  /** Shopify did not return it. */
  | { readonly kind: "stopped"; readonly answer: Unanswered };

const stoppedBy = (answer: Unanswered): WholeOrder => ({ kind: "stopped", answer });

/** One order with all its lines, page by page. Takes its GID, `gid://shopify/Order/…`. */
export async function readWholeOrder(gid: string, ask: AdminGraphql): Promise<WholeOrder> {
  const rest: OrderPage[] = [];
  let first: OrderPage | undefined;
  let after: string | null = null;
  do {
    const answer: AdminAnswer = await ask(READ_ORDER, { id: gid, after });
    if (answer.kind !== "answered") return stoppedBy(answer);
    const page = orderPage(answer.data);
    if (page === null) return { kind: "gone" };
    if (first === undefined) first = page;
    else rest.push(page);
    after = page.nextCursor;
  } while (after !== null);
  const pages = [first, ...rest] as const;
  if (!hasRefunds(pages)) return { kind: "read", body: webhookBodyOf(pages) };
  const refunds = await ask(READ_REFUNDS, { id: gid });
  if (refunds.kind !== "answered") return stoppedBy(refunds);
  return { kind: "read", body: webhookBodyOf(pages, adminRefunds(refunds.data)) };
}

/** Lines removed or returned without money are refunds too, and give the time of the change. */
const hasRefunds = (pages: readonly [OrderPage, ...OrderPage[]]): boolean =>
  pages[0].order.displayFinancialStatus?.endsWith("REFUNDED") === true ||
  pages.some(({ order }) => order.lineItems.nodes.some((line) => line.currentQuantity < line.quantity));
