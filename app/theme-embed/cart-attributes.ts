import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { cookieNamed, storefront } from "./page.ts";

const REMEMBERED = "tandem.cart";
// From before the embed watches the page's requests: a write of its own is no change of the page's, to be written again.
const unwatchedFetch = window.fetch.bind(window);

/**
 * Writes what the browser knows to the cart, from where the order takes it when the checkout opens. Only where there is a
 * cart, or one was just made (`isMade`): a write of ours would make one for everybody who comes by, and two that are made
 * at the same moment are two carts. One request per cart and answer: what this tab wrote last is remembered, and a new
 * cart (its cookie changed) is written anew. A refusal is written as well, because an order without any word about consent
 * may count as allowed where none is required.
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
  // An answer that nobody reads stays open in Chromium, connection and all, until its garbage is collected.
  await answer.text();
}

const attributesOf = (signal: ConsentSignal, { fbp, fbc }: BrowserIds): Readonly<Record<string, string>> => ({
  [CART_ATTRIBUTES.fbp]: fbp ?? "",
  [CART_ATTRIBUTES.fbc]: fbc ?? "",
  [CART_ATTRIBUTES.consent]: JSON.stringify(signal),
});
