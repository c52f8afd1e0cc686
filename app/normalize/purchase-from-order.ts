import { readCartAttributes } from "../event-contract/cart-attributes.ts";
import { purchaseEventId, type ShopDomain } from "../event-contract/event-id.ts";
import type { MetaEvent, OriginalEvent, UserData } from "../event-contract/meta-event.ts";
import { DEFAULT_ORDER_SETTINGS, type PurchaseTrigger } from "../event-contract/order-settings.ts";
import { type CustomData, purchaseData } from "../event-contract/purchase.ts";
import { sourceUrl } from "../event-contract/source-url.ts";
import type { Order } from "../shopify/types.ts";
import type { NewEvent, Origin } from "../outbox/types.ts";
import { testPixels } from "../event-contract/test-pixels.ts";
import type { Pixel, Settings, ShopProfile } from "../settings/types.ts";
import type { OrderReason } from "../event-contract/reason.ts";
import { browserUserData } from "./browser-context.ts";
import { waitingFor } from "./counted-later.ts";
import { hashedIdentity } from "./identity.ts";
import { costBasisOf } from "./net-revenue.ts";
import { kindOf, mayHaveReceipt, type OrderKind } from "./order-kinds.ts";
import { ruleFor } from "./order-rules.ts";
import { isPaid } from "./paid-later.ts";

/** Whose order it is. Without pixels, a test order is withheld. */
export type Seller = Pick<ShopProfile, "shop" | "settings"> &
  Partial<Pick<ShopProfile, "pixels">> & { readonly origin?: Origin };

/**
 * The server leg of the order's Purchase. An order that does not count also gives an event: `withheld` with a reason
 * and without personal data. One that still has to be paid,
 * delivered or tagged gives one that is `waiting-for-payment`.
 */
export function purchaseFromOrder(
  order: Order,
  { shop, settings, pixels = [], origin = "webhook" }: Seller,
  now: Date,
): NewEvent {
  const data = purchaseData({ ...order, shop, orderId: order.id }, settings);
  const { state, reason } = standing(order, data, { settings, pixels, now });
  const { kind, actionSource } = kindOf(order);
  const isWebsite = actionSource === "website";
  const at_s = Math.min(countedAt_s(order), Math.floor(now.getTime() / 1000));
  const body: MetaEvent = {
    event_name: "Purchase",
    event_id: purchaseEventId(shop, order.id),
    event_time: at_s,
    action_source: actionSource,
    ...(isWebsite && pageOf(order, shop)),
    user_data: state === "withheld" ? {} : { ...userDataOf(order, kind), ...(isWebsite && browserOf(order, at_s)) },
    custom_data: { ...data, ...knownByKind(kind, settings) },
    ...placing(order, shop),
  };
  return {
    shop,
    origin,
    body,
    settingsVersion: settings.version,
    orderId: order.id,
    orderName: order.name,
    checkoutToken: order.checkoutToken,
    region: order.region,
    state,
    reason,
    joinForMs: mayHaveReceipt(order) ? settings.contextWaitSeconds * 1000 : 0,
    signal: readCartAttributes(order.attributes).consent,
    browserLeg: null,
    ...(order.test && { isTest: true }),
    ...costBasisOf(order, settings),
  };
}

const countedAt_s = ({ countedLaterAt_s, placedAt_s }: Order): number => countedLaterAt_s ?? placedAt_s;

/**
 * For an order that counts later, Meta takes the original order time here (Conversions API, original event data,
 * 2026-11).
 */
const placing = (
  { id, placedAt_s, countedLaterAt_s }: Order,
  shop: ShopDomain,
): { readonly original_event_data?: OriginalEvent } =>
  countedLaterAt_s === undefined
    ? {}
    : {
        original_event_data: {
          event_name: "Purchase",
          event_time: placedAt_s,
          event_id: purchaseEventId(shop, id),
          order_id: id,
        },
      };

const userDataOf = (order: Order, kind: OrderKind): UserData => ({
  ...hashedIdentity(order.person),
  ...(kind === "renewal" && subscriptionOf(order)),
});

const browserOf = ({ attributes, browserIp, userAgent }: Order, at_s: number): UserData =>
  browserUserData({ ...readCartAttributes(attributes), ips: [browserIp], userAgent, at_s });

/**
 * Fields that follow from the order's kind alone. For online orders, `delivery_category` is left out of both legs
 * because no rule decides pickup or delivery on both; `customer_segmentation` comes from the browser, which knows it.
 */
function knownByKind(kind: OrderKind, { orders = DEFAULT_ORDER_SETTINGS }: Settings): CustomData {
  if (kind === "pos") return { delivery_category: "in_store" };
  return kind === "renewal" && orders.customerSegmentation
    ? { customer_segmentation: "existing_customer_to_business" }
    : {};
}

type Standing = { readonly state: NewEvent["state"]; readonly reason: OrderReason | null };

type Ruling = { readonly settings: Settings; readonly pixels: readonly Pixel[]; readonly now: Date };

function standing(order: Order, data: CustomData, { settings, pixels, now }: Ruling): Standing {
  const reason = waitingFor(order, settings);
  const countedBy_s = reason === null ? countedAt_s(order) : now.getTime() / 1000;
  const withheld =
    whyUntestable(order, pixels) ??
    whyNot(order, reason) ??
    ruledOut(order, settings) ??
    whyWorthless(order, data) ??
    whyTooLate(order, countedBy_s, settings);
  if (withheld !== null) return { state: "withheld", reason: withheld };
  return { state: reason === null ? "joining" : "waiting-for-payment", reason };
}

const DAY_S = 86_400;

const NOT_IN_TIME = {
  placed: "not-paid-in-time",
  paid: "not-paid-in-time",
  fulfilled: "not-fulfilled-in-time",
  tagged: "not-tagged-in-time",
} as const satisfies Record<PurchaseTrigger, OrderReason>;

const whyTooLate = (
  { placedAt_s }: Order,
  countedBy_s: number,
  { purchaseTrigger, orders = DEFAULT_ORDER_SETTINGS }: Settings,
): OrderReason | null =>
  countedBy_s - placedAt_s > orders.waitForPaymentDays * DAY_S ? NOT_IN_TIME[purchaseTrigger] : null;

/** A test order is sent under a test event code only. */
const whyUntestable = ({ test }: Order, pixels: readonly Pixel[]): OrderReason | null =>
  test && testPixels(pixels).length === 0 ? "test-order" : null;

function whyNot(order: Order, waits: OrderReason | null): OrderReason | null {
  if (order.cancelled && waits !== null && waits !== "waiting-for-payment") return "cancelled-before-counting";
  return !isPaid(order) && (order.cancelled || order.financialStatus === "voided") ? "cancelled-before-payment" : null;
}

function ruledOut(order: Order, { orders = DEFAULT_ORDER_SETTINGS }: Settings): OrderReason | null {
  const rule = ruleFor(order, orders.rules);
  if (rule?.action !== "withhold") return null;
  return rule.match === "tag" ? "tag-withheld" : "channel-withheld";
}

// Gifts and fully discounted orders would teach Meta that sales are worth nothing.
function whyWorthless({ lines, total }: Order, { value = 0 }: CustomData): OrderReason | null {
  if (value > 0) return null;
  return total.minor > 0 && lines.length > 0 && lines.every((line) => line.isGiftCard)
    ? "gift-cards-only"
    : "zero-value";
}

const SUBSCRIPTION_ATTRIBUTES = ["subscription_id", "subscription_contract_id"];

// Shopify's order does not name its subscription contract; subscription apps may add it as an attribute.
function subscriptionOf({ attributes }: Order): Pick<UserData, "subscription_id"> {
  const id = SUBSCRIPTION_ATTRIBUTES.map((name) => attributes[name]).find((text) => text !== undefined);
  return id !== undefined && /^[\w:/.-]{1,100}$/.test(id) ? { subscription_id: id } : {};
}

/**
 * Meta requires a URL for website events. The visit's landing page is used until the browser's receipt names the page.
 */
function pageOf(order: Order, shop: ShopDomain): Pick<MetaEvent, "event_source_url" | "referrer_url"> {
  const landing = order.landingSite ?? "";
  const page = sourceUrl(landing.startsWith("/") ? `https://${shop}${landing}` : landing);
  const referrer = sourceUrl(order.referringSite);
  return {
    event_source_url: page === null ? `https://${shop}/` : withoutClickId(page),
    ...(referrer !== null && { referrer_url: referrer }),
  };
}

// Shopify truncates `landing_site` after some hundred characters, often within a click ID; a truncated ID is wrong.
function withoutClickId(url: string): string {
  const [page = "", query = ""] = url.split("?");
  const kept = query.split("&").filter((pair) => pair !== "" && !pair.startsWith("fbclid"));
  return kept.length > 0 ? `${page}?${kept.join("&")}` : page;
}
