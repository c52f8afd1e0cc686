import { type Fields, fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import type { CartSighting } from "./bundles.ts";
import { quietly } from "../browser/quietly.ts";

// Also below a language's root, with either extension or none (shopify.dev, Cart API reference, 2026-11).
const CART = /(?:^|\/)cart(?:\.js(?:on)?|\/(add|update|change|clear)(?:\.js(?:on)?)?)(?:[?#]|$)/;

type Report = (sighting: CartSighting) => void;

/**
 * Reports each change to the cart as it starts, in all three ways that themes use: Shopify's standard event, a request
 * (an XMLHttpRequest once it is answered), or a form post.
 */
export function watchCart(report: Report): void {
  let started = 0;
  // Fires before the cart responds (shopify.dev, standard storefront events, 2026-06).
  document.addEventListener("shopify:cart:lines-update", (event) =>
    // The platform's event type lacks these fields.
    report({ kind: "event", body: event, answer: null, position: ++started }),
  );
  watchRequests(report, () => ++started);
  // Registered after the theme's own listeners: if a theme cancels the form and sends a request, no form is posted.
  addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!(target instanceof HTMLFormElement) || defaultPrevented || CART.exec(target.action)?.[1] !== "add") return;
    report({ kind: "form", body: new FormData(target), answer: null, position: ++started });
  });
}

function watchRequests(report: Report, next: () => number): void {
  const { fetch } = window;
  window.fetch = (...request) => {
    let seen: Pick<CartSighting, "kind" | "body"> | null = null;
    // Before sending, because a used `Request` can no longer be read.
    quietly(() => (seen = requestOf(...request)));
    const answer = fetch(...request);
    quietly(() => seen && report({ ...seen, answer: jsonOf(answer), position: next() }));
    return answer;
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    const position = next();
    this.addEventListener("load", () =>
      quietly(() => {
        const cart = CART.exec(this.responseURL);
        if (cart) report({ kind: cart[1], body, answer: Promise.resolve(answerOf(this)), position });
      }),
    );
    send.call(this, body);
  };
}

function requestOf(input: RequestInfo | URL, init?: RequestInit): Pick<CartSighting, "kind" | "body"> | null {
  const request = typeof input === "object" && "url" in input ? input : null;
  const cart = CART.exec(request?.url ?? (input as URL | string).toString());
  const text = (): unknown => request?.clone().text();
  return cart && { kind: cart[1], body: init?.body ?? text() };
}

async function jsonOf(answer: Promise<Response>): Promise<Fields | null> {
  const response = await answer;
  return response.ok ? fieldsOf(await response.clone().json()) : null;
}

function answerOf({ status, response }: XMLHttpRequest): Fields | null {
  const answer: unknown = response;
  return status === 200 ? (fieldsOfText(answer) ?? fieldsOf(answer)) : null;
}
