import { checkoutToken, type EventId, orderId } from "../../../app/event-contract/event-id.ts";
import type { CheckoutToken, OrderId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import { fieldAt, fieldsOf } from "../../../app/event-contract/json.ts";
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
  readonly checkoutToken?: CheckoutToken | null;
  readonly orderId?: OrderId | null;
};

export type ObservationContext = { readonly settings: PublishedSettings; readonly randomId: () => string };

/** `on`: Shopify's name of the customer event. `observe` answers null if there is nothing to report. */
export type ObservedEvent = readonly [
  on: string,
  name: EventName,
  observe: (payload: unknown, context: ObservationContext) => Observed | null,
];

/** An event that only the browser sees: one random ID, created here, for both legs. */
const seen =
  (field: string, dataOf: (seen: unknown, settings: PublishedSettings) => CustomData | null): ObservedEvent[2] =>
  (payload, { settings, randomId }) => {
    const data = dataOf(fieldAt(payload, field), settings);
    // A UUID is always a valid event ID.
    return data && { id: randomId() as EventId, data, leg: { sent: true } };
  };

/** A checkout's event. Without a token, the server could not derive the same ID or join a receipt. */
const inCheckout =
  (of: typeof purchase): ObservedEvent[2] =>
  (payload, { settings }) => {
    const checkout = fieldsOf(fieldAt(payload, "checkout"));
    if (!checkout) return null;
    const ids = {
      checkoutToken: checkoutToken(checkout["token"]),
      orderId: orderId(fieldAt(checkout, "order", "id")),
    };
    const observed = of(checkout, ids, settings);
    return observed && { ...observed, ...ids };
  };

/** Storefront events, one row each. If the theme embed reports them, the web pixel does not. */
export const STOREFRONT_EVENTS: readonly ObservedEvent[] = [
  ["page_viewed", "PageView", seen("", () => ({}))],
  ["product_viewed", "ViewContent", seen("productVariant", variantData)],
  ["collection_viewed", "ViewCategory", seen("collection", categoryData)],
  ["search_submitted", "Search", seen("searchResult", searchData)],
  ["product_added_to_cart", "AddToCart", seen("cartLine", cartLineData)],
];

/** Checkout events; themes do not run there. */
export const CHECKOUT_EVENTS: readonly ObservedEvent[] = [
  ["checkout_started", "InitiateCheckout", inCheckout(checkoutStep("InitiateCheckout"))],
  ["payment_info_submitted", "AddPaymentInfo", inCheckout(checkoutStep("AddPaymentInfo"))],
  ["checkout_completed", "Purchase", inCheckout(purchase)],
];
