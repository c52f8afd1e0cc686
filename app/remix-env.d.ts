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
