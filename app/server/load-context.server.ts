import type { TandemShopify } from "../shopify.server.ts";
import type { SignIn } from "./sign-in.server.ts";

/**
 * The context that app/server/http/create-server.server.ts gives every page; pages reach the rest of the app only
 * through it.
 */
export type TandemLoadContext = {
  /** The library's own pages and headers. It authenticates nobody for a page: that is what `signIn` does. */
  readonly shopify: Pick<TandemShopify, "login" | "addDocumentResponseHeaders"> & {
    /** Answers the library's own addresses by throwing a response; returns for every other request. */
    readonly answerOwnPages: (request: Request) => Promise<void>;
  };
  /** The way to the app for its pages. */
  readonly signIn: SignIn;
  /** The way to the app for what Shopify's own pages show of it. */
  readonly signInExtension: SignIn;
  /** The app's client ID: public, and needed by App Bridge. */
  readonly apiKey: string;
  /** Reports an unexpected error of a page. Must not log personal data. */
  readonly reportError: (error: unknown) => void;
};
