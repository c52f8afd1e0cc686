import { Link } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import type { ReactNode } from "react";

/** App Bridge, Polaris and the admin's navigation around every page of the app. */
export function EmbeddedFrame({ apiKey, children }: { readonly apiKey: string; readonly children: ReactNode }) {
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey}>
      <nav aria-label="Tandem">
        <NavMenu>
          <Link to="/app" rel="home">
            Home
          </Link>
          <Link to="/app/settings">Settings</Link>
          <Link to="/app/events">Events</Link>
          <Link to="/app/dry-run">Dry run</Link>
          <Link to="/app/data-requests">Data requests</Link>
          <Link to="/app/access">Access</Link>
        </NavMenu>
      </nav>
      <main>{children}</main>
    </AppProvider>
  );
}
