import { shopifyId } from "../event-contract/event-id.ts";
import { fieldsOf } from "../event-contract/json.ts";
import type { Reporting } from "./bundles.ts";
import { quietly } from "./page.ts";

// Themes change the address and the form's hidden field some time after the visitor's choice.
const LOOK_AFTER_MS = 600;
// By then the visitor's answer has been read again.
const RETURN_AFTER_MS = 100;

/** The fields of one of Shopify's standard storefront events (shopify.dev, 2026-06), which the platform's type lacks. */
const fieldsOfEvent = (event: unknown): Readonly<Record<string, unknown>> => fieldsOf(event) ?? {};

/** Tells what the visitor does on the page, its cart aside, to whoever reports it; `report` knows whether anybody may. */
export function watchPage(report: (tell: (reporting: Reporting) => void) => void): void {
  watchVariant((variantId) => report((reporting) => reporting.chosen(variantId)));
  document.addEventListener("shopify:search:update", (event) => {
    const query = fieldsOf(fieldsOfEvent(event)["search"])?.["query"];
    report((reporting) => reporting.searched(query));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) setTimeout(() => report((reporting) => reporting.returned()), RETURN_AFTER_MS);
  });
}

// A product's page is at `/products/…`, below a language or a collection too (shopify.dev, 2026-11).
const PRODUCT_PAGE = /^[^?#]*\/products\//;

/** Reports the variant that the visitor chooses; the same one again and again. */
function watchVariant(report: (variantId: string) => void): void {
  document.addEventListener("shopify:product:select", (event) =>
    quietly(async () => {
      const selection = fieldsOf(await fieldsOfEvent(event)["promise"]);
      const id = shopifyId(fieldsOf(selection?.["variant"])?.["id"]);
      if (id) report(id);
    }),
  );
  // Elsewhere the first form that posts to the cart is the quick add of some card, which nobody chose.
  if (PRODUCT_PAGE.test(location.href)) watchForm(report);
}

/** Reports a product page's variant when it is another one after the visitor's click or change than it was before. */
function watchForm(report: (variantId: string) => void): void {
  let before: string | null = null;
  const look = (): string | null => {
    const field = document.querySelector<HTMLInputElement>('form[action*="/cart/add"] [name="id"]');
    const now = shopifyId(new URLSearchParams(location.search).get("variant") ?? field?.value);
    const isOther = now !== before;
    before = now;
    return isOther ? now : null;
  };
  const lookAgain = (): unknown =>
    setTimeout(() => {
      const chosen = look();
      if (chosen) report(chosen);
    }, LOOK_AFTER_MS);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", look);
  else look();
  for (const act of ["change", "click"]) document.addEventListener(act, lookAgain);
}
