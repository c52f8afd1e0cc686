import { HttpResponseError, Session } from "@shopify/shopify-api";
import type { Prisma } from "@prisma/client";

import type { Clock } from "../env/clock.server.ts";
import type { Database } from "../database/db.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { sessionTokenPurpose } from "../database/sealed-columns.ts";
import type { Sealer } from "../database/sealing.server.ts";
import { SessionRows } from "./session-rows.server.ts";
import { z } from "zod";

/** Exchanges a refresh token for a new session. Throws if Shopify refuses or does not answer. */
export type RefreshSession = (stored: { shop: string; refreshToken: string }) => Promise<Session>;

/**
 * Called before the first session of a token exchange is stored; `anew`: the stored session had ended, or none existed.
 */
export type BeginInstallation = (shop: string, grant: { readonly anew: boolean }) => Promise<void>;

export type SessionStorageDeps = {
  readonly database: Pick<Database, "kind" | "prisma" | "session">;
  readonly sealer: Sealer;
  readonly refresh: RefreshSession;
  readonly beginInstallation: BeginInstallation;
  readonly now: Clock;
  readonly log: Log;
};

// Shopify's library refreshes without a lock within 5 minutes of expiry; this storage must always refresh earlier.
const REFRESH_BEFORE_EXPIRY_MS = 10 * 60_000;

/**
 * Shopify's session storage with two guarantees.
 *
 * Both tokens are sealed at rest. And an access token is refreshed once, however many requests and processes need it at
 * the same time, because a refresh token is valid for one use (shopify.dev, 2026-11). Therefore the refresh token never
 * leaves this storage: the library would refresh once per request, and without the token it cannot.
 */
export class SealedSessionStorage {
  readonly #deps: SessionStorageDeps;
  readonly #rows: SessionRows;
  readonly #refreshing = new Map<string, Promise<Session | undefined>>();

  constructor(deps: SessionStorageDeps) {
    this.#deps = deps;
    this.#rows = new SessionRows(deps.database.prisma);
  }

  /**
   * Stores a session. A session without a refresh token (like every session that this storage returns) keeps the stored
   * refresh token: the library clears an access token that Shopify rejected, and a background job may still renew it.
   *
   * A session with a refresh token comes from a token exchange. The shop is opened first: if that fails, no session is
   * stored, and the next visit exchanges its token again.
   */
  async storeSession(session: Session): Promise<boolean> {
    if (session.isOnline) return this.#rows.storeSession(this.#sealed(session));
    if (session.refreshToken !== undefined) {
      await this.#deps.beginInstallation(session.shop, { anew: !(await this.holdsGrant(session.id)) });
      return this.#rows.storeSession(this.#sealed(session));
    }
    const { accessToken, scope, expires } = this.#sealed(session);
    const { count } = await this.#deps.database.prisma.session.updateMany({
      where: { id: session.id },
      data: { accessToken: accessToken ?? "", scope: scope ?? null, expires: expires ?? null },
    });
    return count > 0 || this.#rows.storeSession(this.#sealed(session));
  }

  /** The session with an access token valid for more than five minutes, as long as Shopify grants one. */
  async loadSession(id: string): Promise<Session | undefined> {
    const stored = await this.#load(id);
    return stored !== undefined && this.#isOld(stored) ? this.#renewed(id) : stored && withoutRefreshToken(stored);
  }

  deleteSession(id: string): Promise<boolean> {
    return this.#rows.deleteSession(id);
  }

  deleteSessions(ids: string[]): Promise<boolean> {
    return this.#rows.deleteSessions(ids);
  }

  async findSessionsByShop(shop: string): Promise<Session[]> {
    const stored = await this.#rows.findSessionsByShop(shop);
    return stored.flatMap((session) => this.#opened(session) ?? []).map(withoutRefreshToken);
  }

  /** The session with another access token than this rejected one; undefined if there is none. */
  async sessionAfterRefusal(id: string, refusedToken: string): Promise<Session | undefined> {
    const stored = await this.#load(id);
    if (stored?.accessToken === refusedToken) await this.storeSession(withoutTokens(stored));
    const next = await this.loadSession(id);
    return next?.accessToken ? next : undefined;
  }

  /** Whether the session can still be renewed: false once Shopify has refused to, and if there is none. */
  async holdsGrant(id: string): Promise<boolean> {
    const row = await this.#rows.loadSession(id);
    if (row?.refreshToken === undefined) return false;
    return (row.refreshTokenExpires?.getTime() ?? Infinity) > this.#deps.now().getTime();
  }

  /** Stores the scopes from `app/scopes_update`: the library reads a shop's granted scopes from its session. */
  async rememberScopes(shop: string, scopes: readonly string[]): Promise<void> {
    await this.#deps.database.prisma.session.updateMany({ where: { shop }, data: { scope: scopes.join(",") } });
  }

  /** Joins the running refresh of this session, or starts one. */
  #renewed(id: string): Promise<Session | undefined> {
    const underWay = this.#refreshing.get(id);
    if (underWay !== undefined) return underWay;
    const renewal = this.#alone(id, () => this.#renew(id)).finally(() => this.#refreshing.delete(id));
    this.#refreshing.set(id, renewal);
    return renewal;
  }

  /** Excludes other processes. The embedded database has only one, whose requests #refreshing already merges. */
  #alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#deps.database.kind === "pglite") return work();
    // Uses its own connection: the pool stays free for webhooks while Shopify answers, and a crash releases the lock.
    return this.#deps.database.session(async (connection) => {
      await connection.rows("select pg_advisory_lock(hashtextextended($1, 0))", [`tandem refresh ${id}`]);
      return work();
    });
  }

  async #renew(id: string): Promise<Session | undefined> {
    const { log, refresh } = this.#deps;
    // Read again: another process may have renewed it while this one waited for the lock.
    const row = await this.#rows.loadSession(id);
    const stored = row && this.#opened(row);
    if (stored?.refreshToken === undefined || !this.#isOld(stored)) return stored && withoutRefreshToken(stored);
    try {
      const fresh = await refresh({ shop: stored.shop, refreshToken: stored.refreshToken });
      log.info("auth.refreshed", { shop: stored.shop });
      return (await this.#replaced(row, fresh)) ? withoutRefreshToken(fresh) : await this.#asStored(id);
    } catch (error) {
      log.warn("auth.refresh-failed", { shop: stored.shop, error });
      return this.#notRenewed(row, { stored, error });
    }
  }

  /** A final refusal ends the grant: the installation is over, or a response with new tokens was lost. */
  async #notRenewed(
    row: Session | undefined,
    { stored, error }: { stored: Session; error: unknown },
  ): Promise<Session> {
    if (isRefusedForGood(error)) await this.#update(row, { refreshToken: null, refreshTokenExpires: null });
    // The old token may be valid for some minutes, and an open admin page can exchange its session token for a new one.
    return withoutRefreshToken(stored);
  }

  /** False if the row was deleted (uninstall) or got other tokens (new installation) meanwhile; those stay. */
  async #replaced(row: Session | undefined, fresh: Session): Promise<boolean> {
    const { accessToken, refreshToken, scope, expires, refreshTokenExpires } = this.#sealed(fresh);
    return this.#update(row, {
      accessToken: accessToken ?? "",
      refreshToken: refreshToken ?? null,
      scope: scope ?? null,
      expires: expires ?? null,
      refreshTokenExpires: refreshTokenExpires ?? null,
    });
  }

  /** Updates the row only if it still has this refresh token, possibly resealed with another key meanwhile. */
  async #update(row: Session | undefined, data: Prisma.SessionUpdateManyMutationInput): Promise<boolean> {
    if (row === undefined) return false;
    const { refreshToken } = row;
    const where = { id: row.id, refreshToken: refreshToken ?? null };
    const { count } = await this.#deps.database.prisma.session.updateMany({ where, data });
    if (count > 0) return true;
    const now = await this.#rows.loadSession(row.id);
    const isSealedAnew = now?.refreshToken !== refreshToken && this.#hasSameGrant(now, row);
    return isSealedAnew && this.#update(now, data);
  }

  #hasSameGrant(a: Session | undefined, b: Session): boolean {
    const grant = a && this.#opened(a)?.refreshToken;
    return grant !== undefined && grant === this.#opened(b)?.refreshToken;
  }

  #isOld({ accessToken, expires, refreshToken, refreshTokenExpires }: Session): boolean {
    const now = this.#deps.now().getTime();
    if (refreshToken === undefined || (refreshTokenExpires?.getTime() ?? Infinity) <= now) return false;
    return !accessToken || (expires?.getTime() ?? Infinity) - now < REFRESH_BEFORE_EXPIRY_MS;
  }

  async #asStored(id: string): Promise<Session | undefined> {
    const stored = await this.#load(id);
    return stored && withoutRefreshToken(stored);
  }

  async #load(id: string): Promise<Session | undefined> {
    const row = await this.#rows.loadSession(id);
    return row && this.#opened(row);
  }

  #sealerOf(id: string, field: "access" | "refresh"): Sealer {
    return this.#deps.sealer.bound(...sessionTokenPurpose(id, field));
  }

  #sealed(session: Session): Session {
    return withTokens(session, (token, field) => this.#sealerOf(session.id, field).seal(token));
  }

  /**
   * A session that does not open (missing key, changed row) counts as missing: the shop's next visit creates a new one.
   */
  #opened(row: Session): Session | undefined {
    try {
      return withTokens(row, (token, field) => this.#sealerOf(row.id, field).unseal(token));
    } catch (error) {
      this.#deps.log.error("auth.session-unreadable", { shop: row.shop, error });
      return undefined;
    }
  }
}

// RFC 6749, 5.2: the refresh token is invalid, expired or revoked. Any other refusal may concern this app's own
// credentials, and would then affect every shop.
const Refusal = z.object({ code: z.literal(400), body: z.object({ error: z.literal("invalid_grant") }) });

const isRefusedForGood = (error: unknown): boolean =>
  error instanceof HttpResponseError && Refusal.safeParse(error.response).success;

function withTokens(session: Session, change: (token: string, field: "access" | "refresh") => string): Session {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  return new Session({
    ...rest,
    ...(accessToken && { accessToken: change(accessToken, "access") }),
    ...(refreshToken && { refreshToken: change(refreshToken, "refresh") }),
  });
}

function withoutRefreshToken(session: Session): Session {
  const { refreshToken: _kept, refreshTokenExpires: _too, ...rest } = session.toObject();
  return new Session(rest);
}

function withoutTokens(session: Session): Session {
  const { accessToken: _refused, ...rest } = withoutRefreshToken(session).toObject();
  return new Session(rest);
}
