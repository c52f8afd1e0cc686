import { LogSeverity, RequestedTokenType, type Session, shopifyApi } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import "@shopify/shopify-app-remix/adapters/node";

import { type AdminGraphql, adminGraphql } from "./shopify/admin/admin-graphql.server.ts";
import type { Clock } from "./env/clock.server.ts";
import type { Database } from "./database/db.server.ts";
import type { Env } from "./env/env.server.ts";
import { shopDomain, type ShopDomain } from "./event-contract/event-id.ts";
import type { Log } from "./logging/logger.server.ts";
import type { Sealer } from "./database/sealing.server.ts";
import { SealedSessionStorage } from "./shopify/session-storage.server.ts";
import { isConsistentToken, type TokenHolder } from "./shopify/session-token.server.ts";
import { API_VERSION } from "./shopify/api-version.ts";

export type Authenticated = { readonly shop: ShopDomain; readonly admin: AdminGraphql };

export type ShopifyDeps = {
  readonly env: Pick<Env, "apiKey" | "apiSecret" | "appUrl" | "scopes">;
  readonly database: Pick<Database, "kind" | "prisma" | "session">;
  readonly sealer: Sealer;
  readonly log: Log;
  readonly now: Clock;
  /** Called on every token exchange, before its session is stored. If it fails, no session is stored. */
  readonly beginInstallation: (shop: ShopDomain, grant: { readonly anew: boolean }) => Promise<void>;
  /**
   * Called after every token exchange: on the first visit after an installation, and occasionally later. The page's
   * request waits for it.
   */
  readonly onAuthenticated: (authenticated: Authenticated) => Promise<void>;
};

export type TandemShopify = ReturnType<typeof embeddedApp>;

export type ShopifyConnection = {
  /** The authentication of pages. */
  readonly shopify: TandemShopify;
  /** Admin GraphQL without a user, or null if the shop has not granted access (not installed, or no longer). */
  readonly offlineAdmin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  /** Whether Shopify may still renew the shop's tokens; false after it has refused to, and without a grant. */
  readonly holdsGrant: (shop: ShopDomain) => Promise<boolean>;
  /**
   * Whether the session token's user owns the shop's account, by an online token that is not kept. Throws if Shopify does
   * not say.
   */
  readonly isAccountOwner: (shop: ShopDomain, sessionToken: string) => Promise<boolean>;
  /** Whose session token this is, checked without a request to Shopify; null if it is not valid for this app. */
  readonly whoseToken: (sessionToken: string) => Promise<TokenHolder | null>;
  readonly sessions: SealedSessionStorage;
};

// The library has no time-out of its own, and a page, a refresh lock and a job wait for these calls.
const SHOPIFY_TIMEOUT_MS = 15_000;

/** Connects the app to Shopify: authentication of pages, sealed sessions, and GraphQL for jobs. Makes no request yet. */
export function createShopify(deps: ShopifyDeps): ShopifyConnection {
  const api = lowLevelApi(deps);
  const sessions = new SealedSessionStorage({
    ...deps,
    refresh: async (stored) => (await api.auth.refreshToken(stored)).session,
    beginInstallation: (shop, grant) => deps.beginInstallation(authenticatedShop(shop), grant),
  });
  const admin = (session: Session): AdminGraphql => adminGraphql(session, api.clients.Graphql, sessions);
  setAbstractFetchFunc((url, init) =>
    // A redirect would send the shop's token to another host; Shopify's API does not redirect.
    fetch(url, { ...init, redirect: "error", signal: init?.signal ?? AbortSignal.timeout(SHOPIFY_TIMEOUT_MS) }),
  );

  return {
    shopify: embeddedApp(deps, sessions, admin),
    sessions,
    isAccountOwner: async (shop, sessionToken) => {
      const requestedTokenType = RequestedTokenType.OnlineAccessToken;
      const { session } = await api.auth.tokenExchange({ shop, sessionToken, requestedTokenType });
      return session.onlineAccessInfo?.associated_user.account_owner === true;
    },
    whoseToken: async (sessionToken) => {
      if (!isConsistentToken(sessionToken)) return null;
      const claims = await api.session.decodeSessionToken(sessionToken).catch(() => null);
      const shop = claims === null ? null : shopDomain(new URL(claims.dest).hostname);
      return claims === null || shop === null ? null : { shop, userId: claims.sub };
    },
    holdsGrant: (shop) => sessions.holdsGrant(api.session.getOfflineId(shop)),
    offlineAdmin: async (shop) => {
      const session = await sessions.loadSession(api.session.getOfflineId(shop));
      return session?.accessToken === undefined ? null : admin(session);
    },
  };
}

function embeddedApp(deps: ShopifyDeps, sessions: SealedSessionStorage, admin: (session: Session) => AdminGraphql) {
  return shopifyApp({
    apiKey: deps.env.apiKey,
    apiSecretKey: deps.env.apiSecret,
    appUrl: deps.env.appUrl,
    scopes: [...deps.env.scopes],
    apiVersion: API_VERSION,
    distribution: AppDistribution.AppStore,
    sessionStorage: sessions,
    logger: libraryLog(deps.log),
    hooks: {
      afterAuth: async ({ session }) => {
        await deps.onAuthenticated({ shop: authenticatedShop(session.shop), admin: admin(session) });
      },
    },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
}

function authenticatedShop(domain: string): ShopDomain {
  const shop = shopDomain(domain);
  if (shop === null) throw new Error("Shopify's library authenticated something that is not a shop domain.");
  return shop;
}

// The Remix package does not expose its own instance; this one refreshes tokens and sends GraphQL for jobs.
function lowLevelApi({ env, log }: ShopifyDeps) {
  const { host, protocol } = new URL(env.appUrl);
  return shopifyApi({
    apiKey: env.apiKey,
    apiSecretKey: env.apiSecret,
    scopes: [...env.scopes],
    hostName: host,
    hostScheme: protocol === "http:" ? "http" : "https",
    apiVersion: API_VERSION,
    isEmbeddedApp: true,
    logger: libraryLog(log),
  });
}

const libraryLog = (log: Log) => ({
  level: LogSeverity.Warning,
  log: (severity: LogSeverity, message: string) => {
    if (severity === LogSeverity.Error) log.error("auth.library", { message });
    else log.warn("auth.library", { message });
  },
});
