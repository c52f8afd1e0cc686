import { DEFAULT_ROLE } from "../access/roles.ts";
import type { TokenHolder } from "../shopify/session-token.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { signedInAs, type SignIn } from "./sign-in.server.ts";

const NOT_INSTALLED = "Tandem is not set up in this shop yet. Open the app once, and then this page again.";

/**
 * The way to the app for what Shopify's own pages show of it. Such a request is made whenever somebody opens an order, so
 * it calls nobody: no access token is fetched or renewed, and somebody who has never opened the app is not asked about;
 * they have the role that everybody begins with, and nothing of them is stored but what they saw.
 */
export const extensionSignInWith =
  (app: OpenApp, tokenHolder: (request: Request) => Promise<TokenHolder>): SignIn =>
  async (request) => {
    const { shop, userId } = await tokenHolder(request);
    const profile = await app.settings.profile(shop);
    if (profile?.installed !== true) throw Response.json({ error: NOT_INSTALLED }, { status: 403 });
    const role = (await app.access.staff.roleOf(shop, userId)) ?? DEFAULT_ROLE;
    return signedInAs(app, request, { shop, userId, role });
  };
