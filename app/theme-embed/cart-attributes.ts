import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { cookieNamed, storefront } from "./page.ts";

const REMEMBERED = "tandem.cart";
// Taken before the embed wraps `fetch`: the embed's own write must not count as a change by the page and cause another.
const unwatchedFetch = window.fetch.bind(window);

/**
 * Writes cookies and consent to the cart; the order receives them when the checkout opens. Only writes if a cart exists
 * or was just created (`isMade`): otherwise our write would create one for every visitor, and two concurrent writes
 * would create two carts. One request per cart and answer: the tab remembers its last write, and a new cart (a changed
 * cookie) is written again. A declined consent is written too, because an order without a consent signal may count as
 * allowed in regions that do not require consent.
 */
export async function rememberOnCart(signal: ConsentSignal, ids: BrowserIds, isMade: boolean): Promise<void> {
  const cart = cookieNamed("cart");
  const words = JSON.stringify([cart, ids.fbp, ids.fbc, signal.marketing, signal.saleOfData]);
  if (!(cart || isMade) || sessionStorage.getItem(REMEMBERED) === words) return;
  const attributes = attributesOf(signal, ids);
  const answer = await unwatchedFetch(`${storefront.Shopify?.routes?.root ?? "/"}cart/update.js`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ attributes }),
  });
  if (answer.ok) sessionStorage.setItem(REMEMBERED, words);
  // Chromium keeps an unread response and its connection open until garbage collection.
  await answer.text();
}

const attributesOf = (signal: ConsentSignal, { fbp, fbc }: BrowserIds): Readonly<Record<string, string>> => ({
  [CART_ATTRIBUTES.fbp]: fbp ?? "",
  [CART_ATTRIBUTES.fbc]: fbc ?? "",
  [CART_ATTRIBUTES.consent]: JSON.stringify(signal),
});
