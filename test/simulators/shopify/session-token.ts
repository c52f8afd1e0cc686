import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { jsonObject } from "./http.ts";

/** The app as Shopify knows it. */
export type AppCredentials = { readonly apiKey: string; readonly apiSecret: string };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (text: string, secret: string): Buffer => createHmac("sha256", secret).update(text).digest();

const LIFETIME_S = 60;
export const STAFF_USER_ID = "96841203761";

/** The id token that Shopify's admin gives the app: HS256 with the client secret, valid for one minute. */
export function createSessionToken(app: AppCredentials, shop: string, now: Date): string {
  const second = Math.floor(now.getTime() / 1000);
  const body = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: app.apiKey,
    sub: STAFF_USER_ID,
    exp: second + LIFETIME_S,
    nbf: second,
    iat: second,
    jti: randomUUID(),
    sid: randomUUID(),
  })}`;
  return `${body}.${sign(body, app.apiSecret).toString("base64url")}`;
}

/** True only for an unexpired token that was signed for this app and this shop. */
export function isSessionTokenValid(app: AppCredentials, shop: string, token: string, now: Date): boolean {
  const [head, body, signature, ...more] = token.split(".");
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) return false;
  const expected = sign(`${head}.${body}`, app.apiSecret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const claims = jsonObject(Buffer.from(body, "base64url").toString("utf8"));
  const second = now.getTime() / 1000;
  return (
    claims !== null &&
    claims["aud"] === app.apiKey &&
    claims["dest"] === `https://${shop}` &&
    Number(claims["exp"]) > second &&
    Number(claims["nbf"]) <= second + 1
  );
}
