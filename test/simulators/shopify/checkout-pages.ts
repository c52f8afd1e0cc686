import type { WebPixelConfig } from "./extension-files.ts";
import { escapeHtml } from "./http.ts";
import { displayMoney } from "./money.ts";
import { BUYER_ADDRESS } from "./orders.ts";
import { contentForHeader } from "./page-setup.ts";
import { price } from "./pricing.ts";
import type { Checkout, PixelEvent } from "./types.ts";
import type { Visit } from "./visit.ts";

export type CheckoutView = {
  readonly visit: Visit;
  readonly checkout: Checkout;
  readonly webPixel: WebPixelConfig;
  readonly events: readonly PixelEvent[];
};

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#222}
label{display:block;margin:.4rem 0}input,select,button{font:inherit;padding:.4rem}fieldset{margin:1rem 0}
input:not([type=radio]):not([type=checkbox]){width:100%;box-sizing:border-box}
button{background:#1f4f8f;color:#fff;border:0;border-radius:4px;padding:.6rem 1.2rem}
td,th{text-align:left;padding:.2rem .6rem .2rem 0}[role=alert]{color:#a01616}`;

/** Theme code and app embeds never run here: only Shopify's own scripts, which start the web pixels. */
function layout(view: CheckoutView, title: string, body: string): string {
  const events = [{ name: "page_viewed", data: {} }, ...view.events];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ${escapeHtml(view.visit.shop.name)}</title><style>${STYLE}</style>
${contentForHeader(view.visit, view.webPixel, events)}
<script src="/cdn/shopifycloud/simulator/checkout-page.js" defer></script></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

function summary({ visit, checkout }: CheckoutView): string {
  const { shop } = visit;
  const priced = price({ shop, cart: checkout.cart, discountCode: checkout.discountCode, withShipping: true });
  const show = (amount: number): string => displayMoney(amount, priced.currency);
  const rows = priced.lines.map(
    (line) => `<tr><td>${line.quantity} × ${escapeHtml(line.product.title)}</td><td>${show(line.net)}</td></tr>`,
  );
  const tax = priced.taxesIncluded ? "Tax included" : "Tax";
  return `<table><thead><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead><tbody>${rows.join("")}
<tr><td>Subtotal</td><td>${show(priced.subtotal)}</td></tr><tr><td>Shipping</td><td>${show(priced.shipping)}</td></tr>
<tr><td>${tax}</td><td>${show(priced.tax)}</td></tr>
<tr><th scope="row">Total</th><td data-total>${show(priced.total)}</td></tr></tbody></table>`;
}

type Field = readonly [label: string, name: string, value: string, required: boolean];

const fieldMarkup = ([label, name, value, required]: Field): string =>
  `<label>${label} <input name="${name}" value="${escapeHtml(value)}"${required ? " required" : ""}></label>`;

/** The form is filled in with a sample buyer, so that a visitor of the simulator only has to press the button. */
export function checkoutPage(view: CheckoutView): string {
  const { checkout, visit } = view;
  const buyer = checkout.buyer;
  const address = buyer?.address ?? { ...BUYER_ADDRESS, countryCode: checkout.cart.country };
  const fields: readonly Field[] = [
    ["Email", "email", buyer?.email ?? "ada@example.com", true],
    ["First name", "firstName", address.firstName, true],
    ["Last name", "lastName", address.lastName, true],
    ["Address", "address1", address.address1, true],
    ["City", "city", address.city, true],
    ["Postal code", "zip", address.zip, true],
    ["Country code", "countryCode", address.countryCode, true],
    ["State or province code", "provinceCode", address.provinceCode, false],
    ["Phone", "phone", address.phone, false],
  ];
  return layout(
    view,
    "Checkout",
    `${summary(view)}
<form data-checkout="/checkouts/cn/${checkout.token}">
<fieldset><legend>Contact and delivery</legend>${fields.map(fieldMarkup).join("")}
<label><input type="checkbox" name="acceptsMarketing"> Email me with news and offers</label></fieldset>
<fieldset><legend>Shipping method</legend><label><input type="radio" checked> Standard</label></fieldset>
<fieldset><legend>Payment</legend>
<label><input type="radio" name="payment" value="card" checked> Card</label>
<label><input type="radio" name="payment" value="bank-transfer"> Bank transfer</label></fieldset>
<label>Discount code <input name="discountCode" value="${escapeHtml(checkout.discountCode ?? "")}"></label>
<p role="alert"></p><button>Pay now</button></form><p><a href="https://${visit.shop.domain}/cart">Back to the cart</a></p>`,
  );
}

export function thankYouPage(view: CheckoutView): string {
  const { checkout, visit } = view;
  const order = visit.shop.orders.find((known) => known.id === checkout.orderId);
  const paid = checkout.payment === "card" ? "Your order is confirmed." : "Transfer the amount to complete your order.";
  return layout(
    view,
    "Thank you",
    `<p>${paid}</p><p>Order <strong data-order-id="${order?.id ?? ""}">#${order?.number ?? ""}</strong></p>${summary(view)}
<p><a href="https://${visit.shop.domain}/">Continue shopping</a></p>`,
  );
}
