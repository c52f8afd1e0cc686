import { CART_ATTRIBUTES } from "../event-contract/cart-attributes.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { storefront } from "./page.ts";

const REMEMBERED = "tandem.cart";

/**
 * Writes what the browser knows to the cart, from where the order takes it when the checkout opens. One request per
 * cart and answer: what this tab wrote last is remembered, and a new cart (its cookie changed) is written anew. A refusal
 * is written as well, because an order without any word about consent may count as allowed where none is required.
 */
export async function rememberOnCart(signal: ConsentSignal, ids: BrowserIds): Promise<void> {
  const words = (): string => JSON.stringify([cartCookie(), ids.fbp, ids.fbc, signal.marketing, signal.saleOfData]);
  if (sessionStorage.getItem(REMEMBERED) === words()) return;
  const attributes = {
    [CART_ATTRIBUTES.fbp]: ids.fbp ?? "",
    [CART_ATTRIBUTES.fbc]: ids.fbc ?? "",
    [CART_ATTRIBUTES.consent]: JSON.stringify(signal),
  };
  const answer = await fetch(`${storefront.Shopify?.routes?.root ?? "/"}cart/update.js`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ attributes }),
  });
  // The first write may have made the cart, so its cookie is read again.
  if (answer.ok) sessionStorage.setItem(REMEMBERED, words());
}

const cartCookie = (): string => /(?:^|; )cart=([^;]*)/.exec(document.cookie)?.[1] ?? "";
