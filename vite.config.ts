import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

// The build is loaded by app/server/http/create-server.server.ts, which owns the port, so Vite's own server serves development only.
export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ["**/.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // Discovered lazily, a page that is opened while a fetcher's submission ends is taken for the route of unknown URLs,
        // and nothing is shown (Remix 2.17: the submission ends the navigation with the routes known so far).
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: true,
        v3_routeConfig: false,
      },
    }),
  ],
  build: { assetsInlineLimit: 0 },
});
