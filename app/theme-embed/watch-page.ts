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

/** Tells which variant a product page shows after each choice; the same one again and again. */
function watchVariant(tell: (variantId: string) => void): void {
  const look = (variant: unknown): void => {
    const id = shopifyId(variant);
    if (id) tell(id);
  };
  const lookAround = (): unknown =>
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('form[action*="/cart/add"] [name="id"]');
      look(new URLSearchParams(location.search).get("variant") ?? field?.value);
    }, LOOK_AFTER_MS);
  document.addEventListener("change", lookAround);
  document.addEventListener("click", lookAround);
  document.addEventListener("shopify:product:select", (event) =>
    quietly(async () => {
      const found = fieldsOf(await fieldsOfEvent(event)["promise"]);
      look(fieldsOf(found?.["variant"])?.["id"]);
    }),
  );
}
