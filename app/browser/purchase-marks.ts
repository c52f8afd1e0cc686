import type { OrderId } from "../event-contract/event-id.ts";

/**
 * Where a browser remembers whose Purchase it has sent, in the shop's first-party storage: the web pixel's thank-you page
 * and an order's own page must not both send it. The text is the order ids, newest last, with commas between.
 */
export const PURCHASE_MARKS = "tandem.purchases";

const LONGEST = 200;

export const hasPurchaseMark = (marks: string | null, order: OrderId | null): boolean =>
  `,${marks ?? ""},`.includes(`,${order},`);

export const withPurchaseMark = (marks: string | null, order: OrderId): string =>
  `${marks ?? ""},${order}`.slice(-LONGEST);
