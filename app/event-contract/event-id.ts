import type { EventName } from "./event-name.ts";

declare const brand: unique symbol;
type Brand<Base, Name> = Base & { readonly [brand]: Name };

/** A shop's permanent domain, lower case: `example.myshopify.com`. */
export type ShopDomain = Brand<string, "ShopDomain">;
/** The digits of Shopify's numeric order ID, as text because IDs can exceed 2^53. */
export type OrderId = Brand<string, "OrderId">;
/** Shopify's checkout token, the same in the web pixel (`checkout.token`) and the webhook (`checkout_token`). */
export type CheckoutToken = Brand<string, "CheckoutToken">;
/** Meta deduplicates by this ID together with the event's name and the pixel. */
export type EventId = Brand<string, "EventId">;

const SHOP = /^([a-z0-9][a-z0-9-]*)\.myshopify\.com$/;
const ORDER = /^(?:gid:\/\/shopify\/Order(?:Identity)?\/)?(\d{1,20})(?:\?.*)?$/;
const TOKEN = /^[A-Za-z0-9_-]{1,128}$/;
const EVENT_ID = /^[A-Za-z0-9._:-]{1,128}$/;

export function shopDomain(text: unknown): ShopDomain | null {
  const lower = typeof text === "string" ? text.trim().toLowerCase() : "";
  return SHOP.test(lower) ? (lower as ShopDomain) : null;
}

/**
 * The digits of an order ID in any of Shopify's forms: `6198424240428`, `gid://shopify/Order/6198424240428`,
 * `gid://shopify/OrderIdentity/6198424240428`. A number must be a safe integer. shopify.dev (2026-11) does not document
 * the form of the web pixel's `checkout.order.id`, so all are accepted.
 */
export function orderId(value: unknown): OrderId | null {
  const digits = digitsIn(value, ORDER)?.replace(/^0+/, "");
  return digits ? (digits as OrderId) : null;
}

const SHOPIFY_ID = /^(?:gid:\/\/shopify\/\w+\/)?(\d{1,20})(?:\?.*)?$/;

/** The digits of any other numeric Shopify ID (variant, product, customer), in the same forms. */
export const shopifyId = (value: unknown): string | null => digitsIn(value, SHOPIFY_ID);

const digitsIn = (value: unknown, form: RegExp): string | null =>
  typeof value === "string" || Number.isSafeInteger(value) ? (form.exec(String(value))?.[1] ?? null) : null;

export const checkoutToken = (value: unknown): CheckoutToken | null =>
  typeof value === "string" && TOKEN.test(value) ? (value as CheckoutToken) : null;

/** Accepts an ID from elsewhere, such as a browser's random one; null if it cannot be stored or compared safely. */
export const eventId = (value: unknown): EventId | null =>
  typeof value === "string" && EVENT_ID.test(value) ? (value as EventId) : null;

const subdomain = (shop: ShopDomain): string => shop.slice(0, shop.indexOf("."));

/** `purchase.<shop>.<order id>`: readable, searchable in logs, and synchronous in the sandbox (no hashing). */
export const purchaseEventId = (shop: ShopDomain, order: OrderId): EventId =>
  `purchase.${subdomain(shop)}.${order}` as EventId;

/** `subscribe.<shop>.<order id>`, `orderrefunded.<shop>.<refund id>`: an order's events other than its Purchase. */
export const orderEventId = (name: EventName, shop: ShopDomain, digits: string): EventId =>
  `${name.toLowerCase()}.${subdomain(shop)}.${digits}` as EventId;

/** `initiatecheckout.<shop>.<checkout token>`: one per checkout, from any sender. */
export const checkoutEventId = (
  name: Extract<EventName, "InitiateCheckout" | "AddPaymentInfo">,
  shop: ShopDomain,
  token: CheckoutToken,
): EventId => `${name.toLowerCase()}.${subdomain(shop)}.${token}` as EventId;
