import type { WebPixelConfig } from "./extension-files.ts";
import { checkoutPage, thankYouPage } from "./checkout-pages.ts";
import { html, json, jsonObject, notFound, redirect, textOf, type SimulatedReply } from "./http.ts";
import { newToken, type OrderBook } from "./orders.ts";
import { checkoutPayload } from "./pixel-payloads.ts";
import { findDiscount } from "./pricing.ts";
import type { Address, Buyer, Cart, Checkout, PixelEvent, Shop } from "./types.ts";
import type { Visit } from "./visit.ts";

export type CheckoutContext = { readonly webPixel: WebPixelConfig; readonly orders: OrderBook };

const CHECKOUT_PATH = /^\/checkouts\/cn\/([A-Za-z0-9]+)(?:\/(thank-you|details|complete))?\/?$/;

/** Freezes the cart: attributes written later never reach the order. */
export function openCheckout(shop: Shop, cart: Cart, nextId: () => string): SimulatedReply {
  const checkout: Checkout = {
    token: newToken(),
    id: nextId(),
    cart: structuredClone(cart),
    discountCode: cart.discountCode,
    buyer: null,
    payment: "card",
    started: false,
    completedEventSent: false,
    orderId: null,
  };
  shop.checkouts.set(checkout.token, checkout);
  return redirect(`/checkouts/cn/${checkout.token}`);
}

const REQUIRED = ["email", "firstName", "lastName", "address1", "city", "zip", "countryCode"] as const;

function buyerFrom(fields: Readonly<Record<string, unknown>>): Buyer | { missing: string } {
  const text = (name: string): string => (typeof fields[name] === "string" ? fields[name].trim() : "");
  const missing = REQUIRED.find((name) => text(name) === "");
  if (missing !== undefined) return { missing };
  const address: Address = {
    firstName: text("firstName"),
    lastName: text("lastName"),
    address1: text("address1"),
    address2: text("address2"),
    city: text("city"),
    province: text("province"),
    provinceCode: text("provinceCode"),
    zip: text("zip"),
    countryCode: text("countryCode").toUpperCase(),
    phone: text("phone"),
  };
  return { email: text("email"), address, acceptsMarketing: fields["acceptsMarketing"] === true };
}

/** Stores the buyer's input; returns the checkout as a web pixel sees it. */
function saveDetails({ shop, request }: Visit, checkout: Checkout): SimulatedReply {
  const fields = jsonObject(request.body) ?? {};
  const buyer = buyerFrom(fields);
  if ("missing" in buyer) return json({ problem: `${buyer.missing} is required` }, 422);
  const code = textOf(fields["discountCode"]).trim();
  if (code !== "" && !findDiscount(shop, code)) return json({ problem: `${code} is not a valid discount code` }, 422);
  checkout.buyer = buyer;
  checkout.payment = fields["payment"] === "bank-transfer" ? "bank-transfer" : "card";
  if (code !== "") checkout.discountCode = code;
  return json({ checkout: checkoutPayload(shop, checkout, false) });
}

function complete(visit: Visit, checkout: Checkout, orders: OrderBook): SimulatedReply {
  const { shop, request } = visit;
  if (!checkout.buyer) return json({ problem: "Enter your details first" }, 422);
  if (checkout.orderId === null) {
    const forwarded = request.headers["x-forwarded-for"];
    const ip = typeof forwarded === "string" ? forwarded : request.remoteAddress;
    orders.fromCheckout(shop, checkout, { ip, userAgent: request.headers["user-agent"] ?? null });
    shop.carts.delete(checkout.cart.token);
  }
  return json({ next: `/checkouts/cn/${checkout.token}/thank-you` });
}

/** Published by the first page that shows it; Shopify does not repeat it when the page is opened again. */
function once(done: boolean, name: string, shop: Shop, checkout: Checkout): PixelEvent[] {
  return done ? [] : [{ name, data: { checkout: checkoutPayload(shop, checkout, name === "checkout_completed") } }];
}

function showCheckout(visit: Visit, checkout: Checkout, context: CheckoutContext): SimulatedReply {
  if (checkout.orderId !== null) return redirect(`/checkouts/cn/${checkout.token}/thank-you`);
  const events = once(checkout.started, "checkout_started", visit.shop, checkout);
  checkout.started = true;
  return html(checkoutPage({ visit, checkout, webPixel: context.webPixel, events }));
}

function showThankYou(visit: Visit, checkout: Checkout, context: CheckoutContext): SimulatedReply {
  if (checkout.orderId === null) return redirect(`/checkouts/cn/${checkout.token}`);
  const events = once(checkout.completedEventSent, "checkout_completed", visit.shop, checkout);
  checkout.completedEventSent = true;
  return html(thankYouPage({ visit, checkout, webPixel: context.webPixel, events }));
}

/** `/checkouts/cn/<token>` and what its page asks for; null for other paths. */
export function answerCheckout(visit: Visit, context: CheckoutContext): SimulatedReply | null {
  const match = CHECKOUT_PATH.exec(visit.request.url.pathname);
  if (!match) return null;
  const checkout = visit.shop.checkouts.get(match[1] ?? "");
  if (!checkout) return notFound("This checkout does not exist.");
  const posted = visit.request.method === "POST";
  switch (match[2]) {
    case undefined:
      return showCheckout(visit, checkout, context);
    case "thank-you":
      return showThankYou(visit, checkout, context);
    case "details":
      return posted ? saveDetails(visit, checkout) : null;
    default:
      return posted ? complete(visit, checkout, context.orders) : null;
  }
}
