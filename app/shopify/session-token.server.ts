import { decodeJwt } from "jose";
import { z } from "zod";
import { shopDomain, type ShopDomain } from "../event-contract/event-id.ts";

const hostOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).hostname : null);

const Claims = z
  .object({ exp: z.number(), iss: z.string(), dest: z.string() })
  .refine(({ iss, dest }) => hostOf(iss) === hostOf(dest) && shopDomain(hostOf(dest) ?? "") !== null);

/** The session token in the header of a fetch. */
const bearerIn = ({ headers }: Request): string | null =>
  /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1] ?? null;

/** Where Shopify's library looks for the token: the header of a fetch, or the address of a page. */
const tokenOf = (request: Request): string | null =>
  bearerIn(request) ?? new URL(request.url).searchParams.get("id_token");

/**
 * False for a session token that never ends, or whose issuer is another shop than its destination. Shopify says to check
 * both (Set up session tokens, 2026-11); its library checks neither. The library verifies the signature and everything
 * else, so a token that cannot be read is left to it.
 */
export function isConsistentToken(token: string): boolean {
  let claims: unknown;
  try {
    claims = decodeJwt(token);
  } catch {
    return true;
  }
  return Claims.safeParse(claims).success;
}

/** Throws a 401 for such a token, before the library asks the token's destination for another one. */
export function refuseInconsistentToken(request: Request): void {
  const token = tokenOf(request);
  if (token === null || isConsistentToken(token)) return;
  throw new Response(undefined, { status: 401, statusText: "Unauthorized" });
}

/** The shop and the user of a checked session token. */
export type TokenHolder = { readonly shop: ShopDomain; readonly userId: string };

const NO_TOKEN = "Send Shopify's session token in the header: Authorization: Bearer <token>.";
const NO_VALID_TOKEN = "This session token is not valid, or not any more. Ask Shopify for a new one.";

/** Whose session token the request's header carries. Throws a 401 that says what is wrong with it. */
export async function tokenHolderOf(
  request: Request,
  whoseToken: (sessionToken: string) => Promise<TokenHolder | null>,
): Promise<TokenHolder> {
  const token = bearerIn(request);
  const holder = token === null ? null : await whoseToken(token);
  if (holder !== null) return holder;
  throw Response.json({ error: token === null ? NO_TOKEN : NO_VALID_TOKEN }, { status: 401 });
}
