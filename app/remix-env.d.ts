/// <reference types="vite/client" />
import "@remix-run/node";
import "@remix-run/server-runtime";
import type { TandemLoadContext } from "./server/load-context.server.ts";

declare module "@remix-run/server-runtime" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is the only thing that merges
  interface AppLoadContext extends TandemLoadContext {}
  interface Future {
    v3_singleFetch: true;
  }
}

declare module "react" {
  namespace JSX {
    // App Bridge's own attribute of the links in its navigation: the home link is not shown (app-bridge-types 0.7.2).
    interface IntrinsicElements {
      "s-link": React.JSX.IntrinsicElements["s-link"] & { readonly rel?: "home" };
    }
  }
}
