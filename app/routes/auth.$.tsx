import type { LoaderFunctionArgs } from "@remix-run/node";

/** Shopify's sign-in addresses (the bounce page, leaving the frame). The library answers them by throwing. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  return null;
}
