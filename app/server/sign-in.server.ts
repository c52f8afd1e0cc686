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

/** The way from a page's request to the app: it knows who is asking before it gives anything. */
export function signInWith(app: OpenApp, log: Log, authenticate: Authenticate): SignIn {
  const { access, connection, now } = app;
  const roleOf = createRoleOf({ staff: access.staff, isAccountOwner: connection.isAccountOwner, now, log });
  return async (request) => {
    const { session, sessionToken } = await authenticate(request);
    const shop = shopDomain(session.shop);
    // The library has checked the session token's shop, so this would be a bug.
    if (shop === null) throw new Error("The session names no myshopify.com domain.");
    const userId = sessionToken.sub;
    await portsOf(app, { userId, role: DEFAULT_ROLE }).visited(shop);
    const role = await roleOf(shop, { userId, request });
    return signedInAs(app, request, { shop, userId, role });
  };
}

type Person = Pick<SignedIn, "shop" | "userId" | "role">;

const portsOf = (app: OpenApp, { userId, role }: Pick<Person, "userId" | "role">): AdminPorts =>
  adminPorts(app, { by: `shopify-user ${userId}`, role });

/** The app as far as the person's role goes. Throws a 403 for a form of somebody who may change nothing. */
export function signedInAs(app: OpenApp, request: Request, person: Person): SignedIn {
  const { role } = person;
  refuseForms(request, role);
  return { ...person, permissions: permissionsOf(role), admin: permittedPorts(portsOf(app, person), role) };
}
