import type { OrderId } from "../event-contract/event-id.ts";

/**
 * The key under which a browser remembers the orders whose Purchase it has sent, in the shop's first-party storage: the
 * web pixel's thank-you page and the order's own page must not both send it. The value is order IDs, newest last,
 * separated by commas.
 */
export const PURCHASE_MARKS = "tandem.purchases";

const LONGEST = 200;

export const hasPurchaseMark = (marks: string, order: OrderId | null | undefined): boolean =>
  `,${marks},`.includes(`,${order},`);

export const withPurchaseMark = (marks: string, order: OrderId): string => `${marks},${order}`.slice(-LONGEST);
