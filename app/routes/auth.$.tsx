import type { LoaderFunctionArgs } from "@remix-run/node";
import { pageOfLibrary } from "./app/page-of-library.server.ts";

/** Shopify's sign-in URLs (the bounce page, leaving the frame). The library answers by throwing a response. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    await context.shopify.answerOwnPages(request);
  } catch (thrown) {
    throw thrown instanceof Response ? await pageOfLibrary(thrown) : thrown;
  }
  return null;
}
