import type { AdminPorts } from "./admin-ports.ts";
import type { TandemShopify } from "../shopify.server.ts";

/**
 * The context that app/server/http/create-server.server.ts gives every page; pages reach the rest of the app only
 * through it.
 */
export type TandemLoadContext = {
  readonly shopify: TandemShopify;
  readonly admin: AdminPorts;
  /** The app's client ID: public, and needed by App Bridge. */
  readonly apiKey: string;
  /** Reports an unexpected error of a page. Must not log personal data. */
  readonly reportError: (error: unknown) => void;
};
