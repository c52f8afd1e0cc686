import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { type ReactNode, useMemo } from "react";
import { PublicFrame } from "../../components/public-page.tsx";
import { TroublePage, troubleOf } from "../../components/trouble-page.tsx";
import { useWords, WordsContext } from "../../components/words-context.ts";
import { EmbeddedFrame } from "./embedded-frame.tsx";
import { signedInShop } from "./signed-in-shop.server.ts";

export { revalidatesUnlessLost as shouldRevalidate } from "../../components/lost-save.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  return { apiKey: context.apiKey, timeZone: await admin.timeZone(shop) };
}

export default function AppLayout() {
  const { apiKey, timeZone } = useLoaderData<typeof loader>();
  return (
    <InZoneOfShop timeZone={timeZone}>
      <EmbeddedFrame apiKey={apiKey}>
        <Outlet />
      </EmbeddedFrame>
    </InZoneOfShop>
  );
}

/** Times are the shop's, as in the Shopify admin, wherever its staff are. */
function InZoneOfShop({ timeZone, children }: { readonly timeZone: string; readonly children: ReactNode }) {
  const words = useWords();
  const inZone = useMemo(() => words.in(timeZone), [words, timeZone]);
  return <WordsContext.Provider value={inZone}>{children}</WordsContext.Provider>;
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
