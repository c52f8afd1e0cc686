import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import type { Order } from "../shopify/types.ts";

export type OrderKind =
  "online" | "b2b" | "channel-visit" | "pos" | "draft" | "admin" | "renewal" | "channel" | "unknown-source";

export type KindRule = {
  readonly kind: OrderKind;
  /** Meta's `action_source`. Only `website` events carry browser data; a receipt turns `other` into `website`. */
  readonly actionSource: ActionSource;
  /** Whether the first subscription order of this kind also sends `Subscribe`. */
  readonly startsSubscription: boolean;
};

type Origin = Pick<Order, "source" | "landingSite" | "attributes" | "isB2b">;
type Row = KindRule & { readonly is: (order: Origin) => boolean };

const ONLINE = /^(?:web|checkout_next)$/;
const CHANNEL_APP = /^\d+$/;

/**
 * Order kinds by Shopify's `source_name`; the first matching row applies. Buy-now and express checkouts, bank
 * transfers, free and multi-currency orders are ordinary `online` orders: their payment, currency and value have rules
 * of their own.
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
  // Staff entered it, so the order's address and user agent are theirs.
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
  // A renewal happens without the customer. Older source names have a suffix.
  {
    kind: "renewal",
    is: ({ source }) => (source ?? "").startsWith("subscription_contract"),
    actionSource: "system_generated",
    startsSubscription: false,
  },
  // The source is an app's ID. It counts as a website order only if a storefront visit left traces.
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

/** The order's kind and its rules. */
export const kindOf = (order: Origin): KindRule => KINDS.find(({ is }) => is(order)) ?? UNKNOWN;

const NO_BROWSER: ReadonlySet<OrderKind> = new Set(["pos", "renewal"]);
const STAFF: ReadonlySet<OrderKind> = new Set(["draft", "admin"]);

/**
 * Whether to wait for a receipt from the buyer's browser. Headless storefronts, other channels and invoices lead into
 * the same checkout as the shop's own pages. The address and user agent of a draft belong to staff.
 */
export function mayHaveReceipt(order: Origin & Pick<Order, "checkoutToken" | "browserIp" | "userAgent">): boolean {
  const { kind } = kindOf(order);
  if (NO_BROWSER.has(kind)) return false;
  if (order.checkoutToken !== null) return true;
  return !STAFF.has(kind) && (order.browserIp ?? order.userAgent ?? order.landingSite) !== null;
}

const wasVisit = ({ landingSite, attributes }: Origin): boolean =>
  landingSite !== null || Object.values(CART_ATTRIBUTES).some((name) => Object.hasOwn(attributes, name));
