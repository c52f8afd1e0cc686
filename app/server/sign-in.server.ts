import { DEFAULT_ROLE, permissionsOf, type Permission, type Role } from "../access/roles.ts";
import { type ShopDomain, shopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import { adminPorts } from "./admin-ports.server.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";
import { createRoleOf } from "./role-of.server.ts";
import { permittedPorts, refuseForms } from "./permissions.server.ts";

/** Somebody of a shop, and the app as far as their role goes. */
export type SignedIn = {
  readonly shop: ShopDomain;
  readonly userId: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly admin: AdminPorts;
};

/** Throws Shopify's own redirects and 401s for anybody who is not signed in, and 403s for what a role does not allow. */
export type SignIn = (request: Request) => Promise<SignedIn>;

/** The part of Shopify's authentication that is used: the shop and the user of a checked session token. */
export type Authenticate = (request: Request) => Promise<{
  readonly session: { readonly shop: string };
  readonly sessionToken: { readonly sub: string };
}>;

/** The only way from a request to the app: it knows who is asking before it gives anything. */
export function signInWith(app: OpenApp, log: Log, authenticate: Authenticate): SignIn {
  const { access, connection, now } = app;
  const roleOf = createRoleOf({ staff: access.staff, isAccountOwner: connection.isAccountOwner, now, log });
  return async (request) => {
    const { session, sessionToken } = await authenticate(request);
    const shop = shopDomain(session.shop);
    // The library has checked the session token's shop, so this would be a bug.
    if (shop === null) throw new Error("The session names no myshopify.com domain.");
    const userId = sessionToken.sub;
    const ports = (role: Role) => adminPorts(app, { by: `shopify-user ${userId}`, role });
    await ports(DEFAULT_ROLE).visited(shop);
    const role = await roleOf(shop, { userId, request });
    refuseForms(request, role);
    return { shop, userId, role, permissions: permissionsOf(role), admin: permittedPorts(ports(role), role) };
  };
}
