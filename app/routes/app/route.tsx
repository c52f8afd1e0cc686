import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { PublicFrame } from "../../components/public-page.tsx";
import { TroublePage, troubleOf } from "../../components/trouble-page.tsx";
import { EmbeddedFrame } from "./embedded-frame.tsx";
import { signedInShop } from "./signed-in-shop.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await signedInShop(request, context);
  return { apiKey: context.apiKey };
}

export default function AppLayout() {
  const { apiKey } = useLoaderData<typeof loader>();
  return (
    <EmbeddedFrame apiKey={apiKey}>
      <Outlet />
    </EmbeddedFrame>
  );
}

/**
 * Never shows the error, whose text may contain anything. The library's own pages (leaving the frame) are responses of
 * routes without a component, so none of them is rendered here.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const layout = useRouteLoaderData<typeof loader>("routes/app");
  const page = <TroublePage trouble={troubleOf(isRouteErrorResponse(error) ? error.status : 500)} />;
  // The layout itself failed, so the page renders without the frame.
  if (layout === undefined) return <PublicFrame>{page}</PublicFrame>;
  return <EmbeddedFrame apiKey={layout.apiKey}>{page}</EmbeddedFrame>;
}

// Shopify's headers on a refusal (sign in again) must reach the browser.
export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
