import type { AppLoadContext } from "@remix-run/node";
import { type ShopDomain, shopDomain } from "../../event-contract/event-id.ts";

/** The signed-in user and shop; notes the visit. Throws Shopify's own redirects and 401s for anyone else. */
export async function signedInShop(
  request: Request,
  context: AppLoadContext,
): Promise<{ readonly shop: ShopDomain; readonly userId: string }> {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const shop = shopDomain(session.shop);
  // The library has checked the session token's shop, so this would be a bug.
  if (shop === null) throw new Error("The session names no myshopify.com domain.");
  await context.admin.visited(shop);
  return { shop, userId: sessionToken.sub };
}
