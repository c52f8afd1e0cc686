import { randomBytes, randomUUID } from "node:crypto";
import { orderPayload } from "./order-payload.ts";
import { price } from "./pricing.ts";
import type {
  Address,
  Buyer,
  Cart,
  Checkout,
  FinancialStatus,
  Order,
  PaymentMethod,
  Refund,
  Shop,
  SourceName,
} from "./types.ts";
import type { WebhookSender } from "./webhooks.ts";

export type OrderBook = {
  /** Turns a finished checkout into an order and sends its webhooks. */
  fromCheckout(shop: Shop, checkout: Checkout, browser: BrowserOfOrder): Order;
  /** An order without a browser session: point of sale, draft order, renewal, or a test's shortcut. */
  place(shop: Shop, wish: OrderWish): Order;
  /** The merchant marks a pending order as paid, now or with an earlier payment. */
  markPaid(order: Order, at?: Date): void;
  /** Staff takes lines off the order: Shopify books that as a refund without money. */
  removeLines(order: Order, lines: Refund["lines"], at?: Date): void;
  cancel(order: Order): void;
  /** The merchant sends everything, with or without a tracking number. */
  fulfill(order: Order, parcel?: { readonly tracking?: string; readonly at?: Date }): void;
  /**
   * A carrier reports on the order's parcel. No webhook of the order's: that Shopify sends `orders/updated` then is not
   * documented, so nobody may rely on it.
   */
  track(order: Order, status: string, at?: Date): void;
  /** Staff or an automation adds a tag. */
  tag(order: Order, tag: string, at?: Date): void;
  /** Money goes back to the buyer, and lines with it. */
  refund(order: Order, what: Pick<Refund, "amount" | "lines">): void;
};

export type BrowserOfOrder = { readonly ip: string | null; readonly userAgent: string | null };

export type OrderWish = {
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly payment?: PaymentMethod;
  readonly financialStatus?: FinancialStatus;
  readonly country?: string;
  readonly discountCode?: string | null;
  readonly source?: SourceName;
  readonly test?: boolean;
  readonly email?: string | null;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly checkoutToken?: string | null;
  readonly browser?: BrowserOfOrder;
  readonly isB2b?: boolean;
  readonly placedAt?: Date;
};

export type OrderBookContext = {
  readonly now: () => Date;
  readonly webhooks: WebhookSender;
  readonly shopOf: (domain: string) => Shop;
};

export const BUYER_ADDRESS: Address = {
  firstName: "Ada",
  lastName: "Example",
  address1: "12 Sample Lane",
  address2: "",
  city: "Berlin",
  province: "",
  provinceCode: "",
  zip: "10115",
  countryCode: "DE",
  phone: "+4930901820",
};

export const newToken = (): string => randomBytes(16).toString("hex");

/** Thirteen digits that grow with time, so that a second run on the same database never repeats an ID. */
export function createIdSource(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now().getTime());
    return String(last);
  };
}

export function createOrderBook(context: OrderBookContext, nextId: () => string): OrderBook {
  const { now, webhooks } = context;

  const publish = (order: Order, topics: readonly string[]): void => {
    // One merchant or buyer action: every topic carries the same event id.
    const eventId = randomUUID();
    const payload = orderPayload(order, context.shopOf(order.shop));
    for (const topic of topics) webhooks.publish(order.shop, topic, payload, eventId);
  };

  const record = (shop: Shop, order: Order): Order => {
    shop.orders.push(order);
    publish(order, order.financialStatus === "paid" ? ["orders/create", "orders/paid"] : ["orders/create"]);
    return order;
  };

  const base = (shop: Shop) => ({
    id: nextId(),
    number: 1001 + shop.orders.length,
    shop: shop.domain,
    customerId: nextId(),
    token: newToken(),
    createdAt: now(),
    updatedAt: now(),
    cancelledAt: null,
    paidAt: null,
    refunds: [],
    parcels: [],
    tags: [],
  });

  return {
    fromCheckout(shop, checkout, browser) {
      const { cart, payment, buyer } = checkout;
      const priced = price({ shop, cart, discountCode: checkout.discountCode, withShipping: true });
      const order = record(shop, {
        ...base(shop),
        priced,
        lineIds: priced.lines.map(() => nextId()),
        attributes: { ...cart.attributes },
        note: cart.note,
        buyer,
        payment,
        isB2b: false,
        source: "web",
        test: false,
        checkoutToken: checkout.token,
        checkoutId: checkout.id,
        cartToken: cart.token,
        browserIp: browser.ip,
        userAgent: browser.userAgent,
        landingSite: cart.landingSite,
        referringSite: cart.referringSite,
        financialStatus: payment === "card" ? "paid" : "pending",
      });
      checkout.orderId = order.id;
      return order;
    },
    place: (shop, wish) => record(shop, orderFromWish(shop, wish, base(shop), nextId)),
    markPaid(order, at = now()) {
      if (order.financialStatus === "paid") return;
      order.financialStatus = "paid";
      order.paidAt = at;
      order.updatedAt = now();
      publish(order, ["orders/paid", "orders/updated"]);
    },
    removeLines(order, lines, at = now()) {
      order.refunds.push({ id: nextId(), at, amount: 0, lines });
      order.updatedAt = now();
      publish(order, ["orders/edited", "orders/updated"]);
    },
    cancel(order) {
      order.cancelledAt = now();
      order.updatedAt = now();
      order.financialStatus = order.financialStatus === "paid" ? "refunded" : "voided";
      publish(order, ["orders/cancelled", "orders/updated"]);
    },
    fulfill(order, { tracking, at = now() } = {}) {
      const parcel = { id: nextId(), at, updatedAt: at, tracking: tracking ?? null, status: null, deliveredAt: null };
      order.parcels.push(parcel);
      order.updatedAt = at;
      publish(order, ["orders/fulfilled", "orders/updated"]);
    },
    track(order, status, at = now()) {
      const deliveredAt = status === "delivered" ? { deliveredAt: at } : {};
      order.parcels = order.parcels.map((parcel) => ({ ...parcel, ...deliveredAt, status, updatedAt: at }));
    },
    tag(order, tag, at = now()) {
      order.tags.push(tag);
      order.updatedAt = at;
      publish(order, ["orders/updated"]);
    },
    refund(order, what) {
      order.refunds.push({ id: nextId(), at: now(), ...what });
      order.updatedAt = now();
      const paidBack = order.refunds.reduce((all, { amount }) => all + amount, 0);
      order.financialStatus = paidBack >= order.priced.total ? "refunded" : "partially_refunded";
      publish(order, ["orders/updated"]);
    },
  };
}

type OrderBase = Pick<
  Order,
  | "id"
  | "number"
  | "shop"
  | "customerId"
  | "token"
  | "createdAt"
  | "updatedAt"
  | "cancelledAt"
  | "paidAt"
  | "refunds"
  | "parcels"
  | "tags"
>;

function buyerFromWish(wish: OrderWish, country: string): Buyer | null {
  if (wish.email === null) return null;
  const address = { ...BUYER_ADDRESS, countryCode: country };
  return { email: wish.email ?? "ada@example.com", acceptsMarketing: false, address };
}

function orderFromWish(shop: Shop, wish: OrderWish, base: OrderBase, nextId: () => string): Order {
  const source = wish.source ?? "web";
  const country = wish.country ?? shop.country;
  const cart: Pick<Cart, "lines" | "country"> = {
    country,
    lines: wish.lines.map((line) => ({ ...line, properties: {} })),
  };
  const priced = price({ shop, cart, discountCode: wish.discountCode ?? null, withShipping: source !== "pos" });
  const fromBrowser = source === "web";
  const payment = wish.payment ?? "card";
  return {
    ...base,
    createdAt: wish.placedAt ?? base.createdAt,
    priced,
    lineIds: priced.lines.map(() => nextId()),
    attributes: { ...wish.attributes },
    note: "",
    buyer: buyerFromWish(wish, country),
    payment,
    isB2b: wish.isB2b ?? false,
    source,
    test: wish.test ?? false,
    checkoutToken: wish.checkoutToken ?? (fromBrowser ? newToken() : null),
    checkoutId: fromBrowser ? nextId() : null,
    cartToken: fromBrowser ? newToken() : null,
    browserIp: wish.browser?.ip ?? (fromBrowser ? "203.0.113.24" : null),
    userAgent: wish.browser?.userAgent ?? (fromBrowser ? "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0" : null),
    landingSite: fromBrowser ? "/" : null,
    referringSite: fromBrowser ? "" : null,
    financialStatus: wish.financialStatus ?? (payment === "card" ? "paid" : "pending"),
  };
}
