import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { TroublePage } from "../../components/trouble-page.tsx";
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
 * A response that the library throws (sign in again, leave the frame) is rendered unchanged. Its own `boundary.error`
 * is not used: it checks a class name, which minification changes in the browser (6.0.1).
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const layout = useRouteLoaderData<typeof loader>("routes/app");
  if (isRouteErrorResponse(error)) return <div dangerouslySetInnerHTML={{ __html: String(error.data) }} />;
  // The layout itself failed, so the page renders without the frame.
  if (layout === undefined) throw error;
  return (
    <EmbeddedFrame apiKey={layout.apiKey}>
      <TroublePage missing={false} />
    </EmbeddedFrame>
  );
}

// Shopify's headers on such responses must reach the browser.
export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
