import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Link, Outlet, useLoaderData, useRouteError } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { signedInShop } from "./signed-in-shop.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await signedInShop(request, context);
  return { apiKey: context.apiKey };
}

export default function AppLayout() {
  const { apiKey } = useLoaderData<typeof loader>();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey}>
      <nav aria-label="Tandem">
        <NavMenu>
          <Link to="/app" rel="home">
            Home
          </Link>
          <Link to="/app/settings">Settings</Link>
          <Link to="/app/events">Events</Link>
        </NavMenu>
      </nav>
      <main>
        <Outlet />
      </main>
    </AppProvider>
  );
}

/**
 * What the library throws as an answer (sign in again, leave the frame) is shown as it stands. Its own
 * `boundary.error` is not used: it goes by a class name, which minifying changes in the browser (6.0.1).
 */
export function ErrorBoundary() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error)) throw error;
  return <div dangerouslySetInnerHTML={{ __html: String(error.data) }} />;
}

// Shopify's headers on such answers must reach the browser.

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
