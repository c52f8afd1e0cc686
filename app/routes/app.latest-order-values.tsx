import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** Loaded after the settings page is shown, so that the page does not wait for Shopify. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  return { latest: await admin.latestOrderValues(shop) };
}

/** A save does not change the order, so it is not loaded again. */
export const shouldRevalidate = () => false;
