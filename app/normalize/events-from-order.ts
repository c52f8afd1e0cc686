import { orderEventId } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { MetaEvent, UserData } from "../event-contract/meta-event.ts";
import { type Money, sum, times, toNumber } from "../event-contract/money.ts";
import { DEFAULT_ORDER_SETTINGS } from "../event-contract/order-settings.ts";
import { contentsOf, type CustomData } from "../event-contract/purchase.ts";
import type { Order, OrderLine, OrderRefund } from "../shopify/types.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { Settings } from "../settings/types.ts";
import { hashedIdentity } from "./identity.ts";
import { kindOf } from "./order-kinds.ts";
import { purchaseFromOrder, type Seller } from "./purchase-from-order.ts";

/**
 * All events of an order: always its Purchase, first; then, unless the Purchase is withheld, `Subscribe` and
 * `OrderRefunded` if the merchant enabled them. The same order always gives the same IDs, so the ledger stores each
 * event once, however often Shopify sends the order.
 */
export function eventsFromOrder(order: Order, seller: Seller, now: Date): readonly [NewEvent, ...NewEvent[]] {
  const purchase = purchaseFromOrder(order, seller, now);
  if (purchase.state === "withheld") return [purchase];
  const { orders = DEFAULT_ORDER_SETTINGS } = seller.settings;
  const subscribed = orders.subscribeEvent ? subscribeFrom(order, purchase, seller.settings) : null;
  const refunded = orders.refundEvent ? refundsFrom(order, { purchase, settings: seller.settings, now }) : [];
  return [purchase, ...(subscribed ? [subscribed] : []), ...refunded];
}

/**
 * `Subscribe` for the first order of a subscription, valued at its subscription lines. It derives from the Purchase, so
 * it waits, joins and is decided like it. No browser leg: the pixel cannot tell a subscription from a deferred sale.
 */
function subscribeFrom(order: Order, purchase: NewEvent, settings: Settings): NewEvent | null {
  const lines = order.lines.filter((line) => line.isSubscription && line.quantity > 0);
  const worth = worthOf(lines, order);
  if (!kindOf(order).startsSubscription || worth.minor <= 0) return null;
  const { predictedOrders } = settings.orders ?? DEFAULT_ORDER_SETTINGS;
  return besides(purchase, "Subscribe", {
    digits: order.id,
    body: {
      custom_data: {
        ...dataOf(lines, worth, settings),
        order_id: order.id,
        ...(predictedOrders !== null && { predicted_ltv: toNumber(times(worth, predictedOrders)) }),
      },
    },
  });
}

type Refunding = { readonly purchase: NewEvent; readonly settings: Settings; readonly now: Date };

function refundsFrom(order: Order, refunding: Refunding): readonly NewEvent[] {
  // One person bought it all, and an order may have thousands of refunds.
  const person = order.refunds.length > 0 ? hashedIdentity(order.person) : {};
  return order.refunds.map((refund) => refundedFrom({ ...refunding, order, refund, person }));
}

type Refunded = Refunding & { readonly order: Order; readonly refund: OrderRefund; readonly person: UserData };

/**
 * `OrderRefunded`: the refunded money as a positive amount, at most the Purchase's value. Staff or an automation made
 * the refund, so it carries no browser data; `original_event_data` names the Purchase.
 */
function refundedFrom({ order, refund, person, purchase, settings, now }: Refunded): NewEvent {
  const { body } = purchase;
  const value = Math.min(toNumber(refund.paidBack), body.custom_data.value ?? 0);
  return besides({ ...purchase, joinForMs: 0 }, "OrderRefunded", {
    digits: refund.id,
    body: {
      event_time: Math.min(refund.at_s, Math.floor(now.getTime() / 1000)),
      action_source: "system_generated",
      user_data: person,
      custom_data: { ...dataOf(refund.lines, refund.paidBack, settings), value, order_id: order.id },
      original_event_data: {
        event_name: body.event_name,
        event_time: body.event_time,
        event_id: body.event_id,
        order_id: order.id,
      },
    },
  });
}

/** Another event of the same order. Only an event on the website keeps the page URL and referrer. */
function besides(
  { costBasis: _costs, ...purchase }: NewEvent,
  name: EventName,
  { digits, body }: { readonly digits: string; readonly body: Partial<MetaEvent> & Pick<MetaEvent, "custom_data"> },
): NewEvent {
  const { event_source_url, referrer_url, ...common } = purchase.body;
  const isWebsite = (body.action_source ?? common.action_source) === "website";
  return {
    ...purchase,
    body: {
      ...common,
      ...(isWebsite && event_source_url !== undefined && { event_source_url }),
      ...(isWebsite && referrer_url !== undefined && { referrer_url }),
      ...body,
      event_name: name,
      event_id: orderEventId(name, purchase.shop, digits),
    },
  };
}

const worthOf = (lines: readonly OrderLine[], { currency }: Order): Money =>
  sum(
    lines.map((line) => line.total),
    currency,
  );

const dataOf = (lines: readonly OrderLine[], worth: Money, settings: Settings): CustomData => ({
  value: toNumber(worth),
  currency: worth.currency,
  ...(lines.length > 0 && contentsOf(lines, settings)),
});
