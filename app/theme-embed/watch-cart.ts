import { fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import { shopifyId } from "../event-contract/event-id.ts";
import { quietly } from "./page.ts";
import type { ShownItem } from "./shown-page.ts";

/** One addition to the cart: `item` as the cart's answer tells it, null where only the variant is known. */
export type Addition = { readonly variantId: string; readonly quantity: number; readonly item: ShownItem | null };

type Way = "event" | "request" | "form";
type Fields = Readonly<Record<string, unknown>>;

// A theme tells of one addition in up to two ways, moments apart.
const PAIRED_WITHIN_MS = 10_000;
const CART_ADD = /\/cart\/add(?:\.js)?(?:[?#]|$)/;

/**
 * Tells of every addition to the cart once, however the theme makes it: by Shopify's standard event, by its own request
 * or by posting a form. An addition seen in two ways is told when the first one is sure that it worked.
 */
export function watchCart(tell: (addition: Addition) => void): void {
  const open = new Map<string, { way: Way; at: number }>();
  const seen = (way: Way, additions: readonly Addition[]): void => {
    for (const addition of additions) {
      const before = open.get(addition.variantId);
      open.delete(addition.variantId);
      if (before && before.way !== way && Date.now() - before.at < PAIRED_WITHIN_MS) continue;
      open.set(addition.variantId, { way, at: Date.now() });
      tell(addition);
    }
  };
  watchEvents((additions) => seen("event", additions));
  watchRequests((body, answer) => seen("request", additionsOf(body, answer)));
  // After the theme's own listeners: a form that a theme sends by request is not posted.
  addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!(target instanceof HTMLFormElement) || defaultPrevented || !CART_ADD.test(target.action)) return;
    const form = new FormData(target);
    const variantId = shopifyId(form.get("id"));
    if (variantId) seen("form", [{ variantId, quantity: Number(form.get("quantity") ?? 1), item: null }]);
  });
}

/** `shopify:cart:lines-update` (shopify.dev, standard storefront events, 2026-06): fires before the cart has answered. */
function watchEvents(seen: (additions: readonly Addition[]) => void): void {
  document.addEventListener("shopify:cart:lines-update", (event) =>
    quietly(async () => {
      // The event's own fields are not the platform's.
      const { action, lines, promise } = event as unknown as Fields;
      if (action !== "add" || !Array.isArray(lines)) return;
      const answer = fieldsOf(await promise);
      if (Array.isArray(answer?.["userErrors"]) && answer["userErrors"].length > 0) return;
      seen(
        lines.flatMap((line) => {
          const { merchandiseId, quantity } = fieldsOf(line) ?? {};
          const variantId = shopifyId(merchandiseId);
          return variantId ? [{ variantId, quantity: Number(quantity ?? 1), item: null }] : [];
        }),
      );
    }),
  );
}

/** The page's own requests, seen by their answers: a refused addition is none. */
function watchRequests(seen: (body: unknown, answer: unknown) => void): void {
  const { fetch } = window;
  window.fetch = (...request) => {
    const answer = fetch(...request);
    quietly(async () => {
      const response = await answer;
      if (response.ok && CART_ADD.test(response.url)) seen(request[1]?.body, await response.clone().json());
    });
    return answer;
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    this.addEventListener("load", () =>
      quietly(() => {
        const answer: unknown = this.response;
        if (this.status === 200 && CART_ADD.test(this.responseURL)) seen(body, fieldsOfText(answer) ?? answer);
      }),
    );
    send.call(this, body);
  };
}

/** The answer says which items; how many were added stands in the request, for the answer counts the whole line. */
function additionsOf(body: unknown, answer: unknown): readonly Addition[] {
  const wanted = linesOf(body);
  return linesOf(answer).flatMap((line) => {
    const variantId = shopifyId(line["variant_id"] ?? line["id"]);
    if (!variantId) return [];
    const request = wanted.find(({ id }) => shopifyId(id) === variantId);
    const item = {
      variantId,
      productId: shopifyId(line["product_id"]),
      sku: line["sku"],
      price: line["final_price"] ?? line["price"],
      title: line["product_title"],
      type: line["product_type"],
    };
    return [{ variantId, quantity: Number(request?.["quantity"] ?? 1), item }];
  });
}

/** The lines of a body in any form that the Ajax API takes: JSON, a form, or the text of one. */
function linesOf(body: unknown): readonly Fields[] {
  const entries = typeof body === "string" ? new URLSearchParams(body) : body;
  const fields =
    fieldsOfText(body) ??
    (entries instanceof FormData || entries instanceof URLSearchParams
      ? // Their iterators are newer than the types of the oldest browser that the embed runs in.
        Object.fromEntries(entries as unknown as Iterable<[string, unknown]>)
      : fieldsOf(body));
  const items = fields?.["items"];
  return (Array.isArray(items) ? items : [fields]).map((line) => fieldsOf(line) ?? {});
}
