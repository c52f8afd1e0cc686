import type { LoaderFunctionArgs } from "@remix-run/node";

/** Shopify's sign-in URLs (the bounce page, leaving the frame). The library answers by throwing a response. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  return null;
}
