import { shopifyId } from "../event-contract/event-id.ts";
import { fieldsOf } from "../event-contract/json.ts";
import type { Reporting } from "./bundles.ts";
import { quietly } from "../browser/quietly.ts";

// Themes update the URL and the form's hidden field some time after the visitor's choice.
const LOOK_AFTER_MS = 600;
// By then the consent has been read again.
const RETURN_AFTER_MS = 100;

/** The fields of one of Shopify's standard storefront events (shopify.dev, 2026-06), which the platform's type lacks. */
const fieldsOfEvent = (event: unknown): Readonly<Record<string, unknown>> => fieldsOf(event) ?? {};

/** Reports the visitor's actions on the page, except in the cart. `report` checks the consent. */
export function watchPage(report: (use: (reporting: Reporting) => void) => void): void {
  watchVariant((variantId) => report((reporting) => reporting.chosen(variantId)));
  document.addEventListener("shopify:search:update", (event) => {
    const query = fieldsOf(fieldsOfEvent(event)["search"])?.["query"];
    report((reporting) => reporting.searched(query));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) setTimeout(() => report((reporting) => reporting.returned()), RETURN_AFTER_MS);
  });
}

// A product page is at `/products/…`, also below a language or a collection (shopify.dev, 2026-11).
const PRODUCT_PAGE = /^[^?#]*\/products\//;

/** Reports the variant that the visitor selects; may repeat the same one. */
function watchVariant(report: (variantId: string) => void): void {
  document.addEventListener("shopify:product:select", (event) =>
    quietly(async () => {
      const selection = fieldsOf(await fieldsOfEvent(event)["promise"]);
      const id = shopifyId(fieldsOf(selection?.["variant"])?.["id"]);
      if (id) report(id);
    }),
  );
  // On other pages, the first form that posts to the cart is a product card's quick add, which the visitor did not
  // choose.
  if (PRODUCT_PAGE.test(location.href)) watchForm(report);
}

/** Reports a product page's variant if it changed after the visitor's click or change. */
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
