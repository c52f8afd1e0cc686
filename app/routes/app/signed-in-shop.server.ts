import type { AppLoadContext } from "@remix-run/node";
import type { SignedIn } from "../../server/sign-in.server.ts";

/** The signed-in user and shop, and the app as far as the user's role goes; see `SignIn` for what it throws. */
export const signedInShop = (request: Request, { signIn }: AppLoadContext): Promise<SignedIn> => signIn(request);

/** The same for a request of an admin UI extension, which carries a session token and nothing else. */
export const signedInExtension = (request: Request, { signInExtension }: AppLoadContext): Promise<SignedIn> =>
  signInExtension(request);
