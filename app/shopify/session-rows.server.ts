import { Session } from "@shopify/shopify-api";
import type { PrismaClient, Session as Row } from "@prisma/client";

/**
 * Shopify's sessions as rows of the table that Shopify's own storage for Prisma defines (shopify-app-session-storage-prisma
 * 11). That package needs the Prisma CLI at run time, and with it a studio and a server that no production needs.
 */
export class SessionRows {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  async storeSession(session: Session): Promise<boolean> {
    const row = rowOf(session);
    await this.#prisma.session.upsert({ where: { id: row.id }, update: row, create: row });
    return true;
  }

  async loadSession(id: string): Promise<Session | undefined> {
    const row = await this.#prisma.session.findUnique({ where: { id } });
    return row === null ? undefined : sessionOf(row);
  }

  deleteSession(id: string): Promise<boolean> {
    return this.deleteSessions([id]);
  }

  async deleteSessions(ids: readonly string[]): Promise<boolean> {
    await this.#prisma.session.deleteMany({ where: { id: { in: [...ids] } } });
    return true;
  }

  async findSessionsByShop(shop: string): Promise<Session[]> {
    const rows = await this.#prisma.session.findMany({ where: { shop }, take: MOST, orderBy: { expires: "desc" } });
    return rows.map(sessionOf);
  }
}

const MOST = 25;

function rowOf(session: Session): Row {
  const { refreshToken, refreshTokenExpires } = session;
  return {
    id: session.id,
    shop: session.shop,
    state: session.state,
    isOnline: session.isOnline,
    scope: session.scope ?? null,
    expires: session.expires ?? null,
    accessToken: session.accessToken ?? "",
    refreshToken: refreshToken ?? null,
    refreshTokenExpires: refreshTokenExpires ?? null,
    ...userOf(session),
  };
}

const NOBODY = {
  userId: null,
  firstName: null,
  lastName: null,
  email: null,
  accountOwner: false,
  locale: null,
  collaborator: false,
  emailVerified: false,
};

function userOf(session: Session) {
  const user = session.onlineAccessInfo?.associated_user;
  if (user === undefined) return NOBODY;
  return {
    userId: BigInt(user.id),
    firstName: user.first_name,
    lastName: user.last_name,
    email: user.email,
    accountOwner: user.account_owner,
    locale: user.locale,
    collaborator: user.collaborator,
    emailVerified: user.email_verified,
  };
}

/** Absent values are left out: Shopify's class takes them for present ones. */
function sessionOf({ userId, expires, refreshTokenExpires, accessToken, ...row }: Row): Session {
  const properties = {
    ...row,
    // The column may not be null, and is empty once Shopify has refused the token.
    accessToken: accessToken === "" ? null : accessToken,
    userId: userId?.toString(),
    expires: expires?.getTime(),
    refreshTokenExpires: refreshTokenExpires?.getTime(),
  };
  const present = Object.entries(properties).flatMap(([name, value]): [string, string | number | boolean][] =>
    value === null || value === undefined ? [] : [[name, value]],
  );
  // An offline session has no user: the class would make one of the flags.
  return Session.fromPropertyArray(present, row.isOnline);
}
