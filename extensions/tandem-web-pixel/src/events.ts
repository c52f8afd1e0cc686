import { checkoutToken, type EventId, orderId } from "../../../app/event-contract/event-id.ts";
import type { CheckoutToken, OrderId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import { fieldsOf } from "../../../app/event-contract/json.ts";
import type { PublishedSettings } from "../../../app/event-contract/published-settings.ts";
import type { CustomData } from "../../../app/event-contract/purchase.ts";
import type { BrowserLeg } from "../../../app/event-contract/wire.ts";
import { checkoutStep, purchase } from "./checkout-events.ts";
import { cartLineData, categoryData, searchData, variantData } from "./storefront-events.ts";

/** A customer event, reduced to the data that both legs send. */
export type Observed = {
  readonly id: EventId | null;
  readonly data: CustomData;
  readonly leg: BrowserLeg;
  readonly checkoutToken: CheckoutToken | null;
  readonly orderId: OrderId | null;
};

export type ObservationContext = { readonly settings: PublishedSettings; readonly randomId: () => string };

export type ObservedEvent = {
  /** Shopify's name of the customer event. */
  readonly on: string;
  readonly name: EventName;
  /** Null if there is nothing to report. */
  readonly observe: (payload: unknown, context: ObservationContext) => Observed | null;
};

type Fields = Readonly<Record<string, unknown>>;

/** An event that only the browser sees: one random ID, created here, for both legs. */
const seen =
  (dataOf: (payload: Fields, settings: PublishedSettings) => CustomData | null): ObservedEvent["observe"] =>
  (payload, { settings, randomId }) => {
    const data = dataOf({ ...fieldsOf(payload) }, settings);
    // A UUID is always a valid event ID.
    return data && { id: randomId() as EventId, data, leg: { sent: true }, checkoutToken: null, orderId: null };
  };

/** A checkout's event. Without a token, the server could not derive the same ID or join a receipt. */
const inCheckout =
  (of: typeof purchase): ObservedEvent["observe"] =>
  (payload, { settings }) => {
    const checkout = fieldsOf(fieldsOf(payload)?.["checkout"]);
    if (!checkout) return null;
    const ids = {
      checkoutToken: checkoutToken(checkout["token"]),
      orderId: orderId(fieldsOf(checkout["order"])?.["id"]),
    };
    const observed = of(checkout, ids, settings);
    return observed && { ...observed, ...ids };
  };

/** Storefront events, one row each. If the theme embed reports them, the web pixel does not. */
export const STOREFRONT_EVENTS: readonly ObservedEvent[] = [
  { on: "page_viewed", name: "PageView", observe: seen(() => ({})) },
  {
    on: "product_viewed",
    name: "ViewContent",
    observe: seen((payload, rules) => variantData(payload["productVariant"], rules)),
  },
  {
    on: "collection_viewed",
    name: "ViewCategory",
    observe: seen((payload, rules) => categoryData(payload["collection"], rules)),
  },
  {
    on: "search_submitted",
    name: "Search",
    observe: seen((payload, rules) => searchData(payload["searchResult"], rules)),
  },
  {
    on: "product_added_to_cart",
    name: "AddToCart",
    observe: seen((payload, rules) => cartLineData(payload["cartLine"], rules)),
  },
];

/** Checkout events; themes do not run there. */
export const CHECKOUT_EVENTS: readonly ObservedEvent[] = [
  {
    on: "checkout_started",
    name: "InitiateCheckout",
    observe: inCheckout(checkoutStep("InitiateCheckout")),
  },
  {
    on: "payment_info_submitted",
    name: "AddPaymentInfo",
    observe: inCheckout(checkoutStep("AddPaymentInfo")),
  },
  { on: "checkout_completed", name: "Purchase", observe: inCheckout(purchase) },
];
