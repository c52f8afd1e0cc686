import type { AdminPorts } from "./admin-ports.ts";
import type { TandemShopify } from "../shopify.server.ts";

/** What app/server/http/create-server.server.ts hands to every page. Pages reach the world through this and through nothing else. */
export type TandemLoadContext = {
  readonly shopify: TandemShopify;
  readonly admin: AdminPorts;
  /** The app's client id: public, and needed by App Bridge. */
  readonly apiKey: string;
  /** Takes what a page threw and nobody expected. It must not print personal data. */
  readonly reportError: (error: unknown) => void;
};
