import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import type { Order } from "../shopify/types.ts";

export type OrderKind =
  "online" | "b2b" | "channel-visit" | "pos" | "draft" | "admin" | "renewal" | "channel" | "unknown-source";

export type KindRule = {
  readonly kind: OrderKind;
  /** Meta's word for where the sale happened. `website` alone carries a browser's data; a receipt makes `other` one. */
  readonly actionSource: ActionSource;
  /** Whether a first subscription order among these also starts a subscription (`Subscribe`). */
  readonly startsSubscription: boolean;
};

type Origin = Pick<Order, "source" | "landingSite" | "attributes" | "isB2b">;
type Row = KindRule & { readonly is: (order: Origin) => boolean };

const ONLINE = /^(?:web|checkout_next)$/;
const CHANNEL_APP = /^\d+$/;

/**
 * Every kind of order, by where Shopify says that it came from; the first row that fits holds. Buy-now and express
 * checkouts, bank transfers, free and multi-currency orders are `online` orders like any other: what sets them apart is
 * their payment, currency or value, which have rules of their own.
 */
const KINDS: readonly Row[] = [
  {
    kind: "b2b",
    is: ({ source, isB2b }) => isB2b && ONLINE.test(source ?? ""),
    actionSource: "website",
    startsSubscription: true,
  },
  { kind: "online", is: ({ source }) => ONLINE.test(source ?? ""), actionSource: "website", startsSubscription: true },
  { kind: "pos", is: ({ source }) => source === "pos", actionSource: "physical_store", startsSubscription: true },
  // Staff typed it: address and user agent of the order are theirs.
  {
    kind: "draft",
    is: ({ source }) => source === "shopify_draft_order",
    actionSource: "other",
    startsSubscription: true,
  },
  // Shopify's own admin apps, on a phone.
  {
    kind: "admin",
    is: ({ source }) => source === "iphone" || source === "android",
    actionSource: "other",
    startsSubscription: true,
  },
  // A renewal happens without the customer; older names of the source go on after it.
  {
    kind: "renewal",
    is: ({ source }) => (source ?? "").startsWith("subscription_contract"),
    actionSource: "system_generated",
    startsSubscription: false,
  },
  // An app's number as the source. A website's order only where a visit left its mark.
  {
    kind: "channel-visit",
    is: (order) => CHANNEL_APP.test(order.source ?? "") && wasVisit(order),
    actionSource: "website",
    startsSubscription: true,
  },
  {
    kind: "channel",
    is: ({ source }) => CHANNEL_APP.test(source ?? ""),
    actionSource: "other",
    startsSubscription: true,
  },
];

const UNKNOWN: KindRule = { kind: "unknown-source", actionSource: "other", startsSubscription: true };

/** The order's kind, with the rules that hold for it. */
export const kindOf = (order: Origin): KindRule => KINDS.find(({ is }) => is(order)) ?? UNKNOWN;

const NO_BROWSER: ReadonlySet<OrderKind> = new Set(["pos", "renewal"]);
const STAFF: ReadonlySet<OrderKind> = new Set(["draft", "admin"]);

/**
 * Whether a buyer's browser may have taken part, whose receipt is then waited for: headless storefronts, other channels
 * and invoices lead into the same checkout as the shop's own pages. Of a draft the address and user agent are staff's.
 */
export function mayHaveReceipt(order: Origin & Pick<Order, "checkoutToken" | "browserIp" | "userAgent">): boolean {
  const { kind } = kindOf(order);
  if (NO_BROWSER.has(kind)) return false;
  if (order.checkoutToken !== null) return true;
  return !STAFF.has(kind) && (order.browserIp ?? order.userAgent ?? order.landingSite) !== null;
}

const wasVisit = ({ landingSite, attributes }: Origin): boolean =>
  landingSite !== null || Object.values(CART_ATTRIBUTES).some((name) => Object.hasOwn(attributes, name));
