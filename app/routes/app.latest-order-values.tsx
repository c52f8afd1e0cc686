import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInShop } from "./app/signed-in-shop.server.ts";

/** Asked by the settings page once it is shown, so that it need not wait for Shopify. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await signedInShop(request, context);
  return { latest: await context.admin.latestOrderValues(shop) };
}

/** A save changes nothing about the order, so it is no reason to ask Shopify again. */
export const shouldRevalidate = () => false;
