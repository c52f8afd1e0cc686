import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** Loaded after the settings page is shown, which asks until Shopify's answer is there; no request waits for it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  return admin.latestOrderValues(shop);
}

/** A save does not change the order, so it is not loaded again. */
export const shouldRevalidate = () => false;
