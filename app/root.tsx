import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import type { LinksFunction, MetaFunction } from "@remix-run/node";
import { type ReactNode, useContext } from "react";
import { Nonce } from "./components/nonce.ts";
import { PublicFrame } from "./components/public-page.tsx";
import { TroublePage, troubleOf } from "./components/trouble-page.tsx";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "Tandem" }];

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useContext(Nonce) ?? "";
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return (
    <PublicFrame>
      <TroublePage trouble={troubleOf(isRouteErrorResponse(error) ? error.status : 500)} />
    </PublicFrame>
  );
}
