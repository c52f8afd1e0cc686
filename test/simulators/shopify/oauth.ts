import { randomBytes } from "node:crypto";
import { fieldsOf, json, jsonObject, textOf, type SimulatedReply, type SimulatedRequest } from "./http.ts";
import { type AppCredentials, isSessionTokenValid, STAFF_USER_ID } from "./session-token.ts";
import type { Shop } from "./types.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

const ACCESS_TOKEN_S = 3600;
const REFRESH_TOKEN_S = 7_776_000;

export type OauthContext = {
  readonly app: AppCredentials;
  readonly now: () => Date;
  /** What a new installation is granted: the scopes of shopify.app.toml. */
  readonly scopes: readonly string[];
  /** Called when the shop's tokens changed. */
  readonly changed: () => void;
};

type Fields = Readonly<Record<string, unknown>>;

const refuse = (error: string, description: string): SimulatedReply =>
  json({ error, error_description: description }, 400);

/** POST /admin/oauth/access_token: token exchange and refresh, as shopify-app-remix 6 asks for them. */
export function answerAccessToken(shop: Shop, request: SimulatedRequest, context: OauthContext): SimulatedReply {
  const isJson = request.headers["content-type"]?.includes("json") ?? false;
  const fields = isJson ? jsonObject(request.body) : fieldsOf(request);
  if (fields === null) return refuse("invalid_request", "The body is neither JSON nor a form.");
  if (fields["client_id"] !== context.app.apiKey) return refuse("application_cannot_be_found", "No app has this id.");
  if (fields["client_secret"] !== context.app.apiSecret) return refuse("invalid_client", "The client secret is wrong.");
  switch (fields["grant_type"]) {
    case TOKEN_EXCHANGE:
      return exchange(shop, fields, context);
    case "refresh_token":
      return refresh(shop, fields, context);
    default:
      return refuse("unsupported_grant_type", "Only token exchange and refresh are simulated.");
  }
}

function exchange(shop: Shop, fields: Fields, context: OauthContext): SimulatedReply {
  const token = textOf(fields["subject_token"]);
  if (fields["subject_token_type"] !== ID_TOKEN) {
    return refuse("invalid_request", "subject_token_type is not an id token.");
  }
  if (!isSessionTokenValid(context.app, shop.domain, token, context.now())) {
    return refuse("invalid_subject_token", "The session token is expired or was not signed for this app and shop.");
  }
  if (!shop.installation.installed) return refuse("invalid_subject_token", "The app is not installed in this shop.");
  if (fields["requested_token_type"] === ONLINE) return json(grantOnline(shop, context));
  if (fields["requested_token_type"] !== OFFLINE) return refuse("invalid_request", "Unknown requested_token_type.");
  // Public apps made after 2026-04-01 get expiring offline tokens only (shopify.dev changelog).
  if (String(fields["expiring"]) !== "1") {
    return refuse("invalid_request", "This app must ask for expiring offline tokens (expiring: 1).");
  }
  return json(grantOffline(shop, context));
}

/** Refresh tokens rotate: each works once, and its successor comes with the answer. */
function refresh(shop: Shop, fields: Fields, context: OauthContext): SimulatedReply {
  const { refreshTokens } = shop.installation;
  const at = refreshTokens.indexOf(textOf(fields["refresh_token"]));
  if (at === -1) return refuse("invalid_grant", "This refresh token is unknown or was used before.");
  refreshTokens.splice(at, 1);
  return json(grantOffline(shop, context));
}

const newAccessToken = (shop: Shop, { now }: OauthContext, online: boolean): string => {
  const token = `shpat_${randomBytes(16).toString("hex")}`;
  shop.installation.accessTokens[token] = { expiresAt: now().getTime() + ACCESS_TOKEN_S * 1000, online };
  return token;
};

function grantOffline(shop: Shop, context: OauthContext) {
  const refreshToken = `shprt_${randomBytes(16).toString("hex")}`;
  shop.installation.refreshTokens.push(refreshToken);
  const accessToken = newAccessToken(shop, context, false);
  context.changed();
  return {
    access_token: accessToken,
    scope: shop.installation.scopes.join(","),
    expires_in: ACCESS_TOKEN_S,
    refresh_token: refreshToken,
    refresh_token_expires_in: REFRESH_TOKEN_S,
  };
}

function grantOnline(shop: Shop, context: OauthContext) {
  const accessToken = newAccessToken(shop, context, true);
  context.changed();
  const scope = shop.installation.scopes.join(",");
  return {
    access_token: accessToken,
    scope,
    expires_in: ACCESS_TOKEN_S,
    associated_user_scope: scope,
    associated_user: {
      id: Number(STAFF_USER_ID),
      first_name: "Sam",
      last_name: "Keeper",
      email: shop.email,
      email_verified: true,
      account_owner: true,
      locale: "en",
      collaborator: false,
    },
  };
}

/** True while the token is known, unexpired and the app is installed. */
export function isAccessTokenValid(shop: Shop, token: string | undefined, now: Date): boolean {
  const known = token === undefined ? undefined : shop.installation.accessTokens[token];
  return shop.installation.installed && known !== undefined && known.expiresAt > now.getTime();
}
