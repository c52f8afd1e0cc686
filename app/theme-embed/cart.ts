import { type Fields, fieldsOf } from "../event-contract/json.ts";
import type { Addition, CartAsset, CartSighting } from "./bundles.ts";
import { type CartRequest, followCart, quantitiesOf } from "./cart-contents.ts";
import { fieldsOfBody } from "./fields-of-body.ts";
import { quietly } from "../browser/quietly.ts";
import { storefront } from "./page.ts";
import { pairSightings, type Sighting } from "./pair-sightings.ts";

// The theme embed's file for the cart: derives additions from the page's changes to the cart. Loaded beside the
// reporting file, only with the visitor's consent.

/**
 * Reports every addition to the cart once, whether the theme shows it by an event, a request or both, and none that the
 * shop refuses. If there is a request, its response decides.
 */
export const readCart: CartAsset["readCart"] = (report) => {
  const cart = followCart();
  const { pair, drop } = pairSightings();
  const reportOnce = once((addition) => {
    cart.include(addition);
    report(addition);
  });

  const added = (addition: Addition): void => reportOnce(pair(sightingOf(addition, false)), addition);

  const seeEvent = async ({ action, context, lines, promise }: Fields): Promise<void> => {
    const isAlone = isShopifysOwn(context);
    if (action !== "add") return isAlone ? cart.forget() : undefined;
    const seen = additionsIn(lines).map((addition) => {
      const sighting = sightingOf(addition, true);
      return { addition, sighting: isAlone ? sighting : pair(sighting) };
    });
    const isAdded = await Promise.resolve(promise).then(isAccepted, () => false);
    for (const { addition, sighting } of seen) {
      if (await sighting.request) continue;
      if (isAdded) reportOnce(sighting, addition);
      else drop(sighting);
    }
  };

  const seeAdd = (request: CartRequest, answer: Promise<Fields | null>): void => {
    const wanted = additionsIn(request.body["items"] ?? [request.body]);
    const sightings = new Map(wanted.map((addition) => [addition.variantId, pair(sightingOf(addition, false))]));
    const isReadable = answer.then(
      (json) => {
        for (const addition of cart.additionsOf(request, json)) {
          reportOnce(sightings.get(addition.variantId) ?? sightingOf(addition, false), addition);
        }
        return true;
      },
      () => false,
    );
    for (const sighting of sightings.values()) sighting.request ??= isReadable;
  };

  const seeRequest = async ({ body, answer, ...request }: CartSighting): Promise<void> => {
    const read = { ...request, body: fieldsOfBody(await body) };
    if (!answer) additionsIn([read.body]).forEach(added);
    else if (read.kind === "add") seeAdd(read, answer);
    else cart.additionsOf(read, await answer).forEach(added);
  };

  return (sighting) => {
    if (!sighting) cart.forget();
    // The platform's event type lacks these fields.
    else quietly(() => (sighting.kind === "event" ? seeEvent(sighting.body as Fields) : seeRequest(sighting)));
  };
};

const once =
  (report: (addition: Addition) => void) =>
  (sighting: Sighting, addition: Addition): void => {
    if (!sighting.isReported) report(addition);
    sighting.isReported = true;
  };

/**
 * Shopify's own handler of `updateCart` makes no request that a page can observe (shopify.dev, standard actions,
 * 2026-06).
 */
const isShopifysOwn = (context: unknown): boolean =>
  context === "standard-action" && storefront.Shopify?.actions?.updateCart?.isDefault?.() === true;

const additionsIn = (lines: unknown): readonly Addition[] =>
  [...quantitiesOf(lines)].map(([variantId, quantity]) => ({ variantId, quantity, item: null }));

const sightingOf = ({ variantId, quantity }: Addition, isEvent: boolean): Sighting => ({
  variantId,
  quantity,
  isEvent,
  at: Date.now(),
  isReported: false,
});

/**
 * Whether an event's result shows that the lines were added. A refusal has errors or no cart (shopify.dev, 2026-06);
 * Horizon's product-form.js sets `didError` instead (2026-07).
 */
function isAccepted(result: unknown): boolean {
  const { cart, userErrors, detail } = fieldsOf(result) ?? {};
  const hasErrors = Array.isArray(userErrors) && userErrors.length > 0;
  return !!cart && !hasErrors && fieldsOf(detail)?.["didError"] !== true;
}
