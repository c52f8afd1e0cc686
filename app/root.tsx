import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import type { LinksFunction, MetaFunction } from "@remix-run/node";
import { type ReactNode, useContext } from "react";
import { Nonce } from "./components/nonce.ts";
import { usePageTitle } from "./components/page-title.ts";
import { PublicFrame } from "./components/public-page.tsx";
import { TroublePage, troubleOf } from "./components/trouble-page.tsx";
import { useWords } from "./components/words-context.ts";

export const links: LinksFunction = () => [{ rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }];

export const meta: MetaFunction = () => [{ title: "Tandem" }];

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useContext(Nonce) ?? "";
  const { locale, direction } = useWords();
  const title = usePageTitle();
  return (
    <html lang={locale} dir={direction}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {title === null ? <Meta /> : <title>{title}</title>}
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
