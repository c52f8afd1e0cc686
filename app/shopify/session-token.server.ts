import { decodeJwt } from "jose";
import { z } from "zod";
import { shopDomain } from "../event-contract/event-id.ts";

const hostOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).hostname : null);

const Claims = z
  .object({ exp: z.number(), iss: z.string(), dest: z.string() })
  .refine(({ iss, dest }) => hostOf(iss) === hostOf(dest) && shopDomain(hostOf(dest) ?? "") !== null);

/** Where Shopify's library looks for the token: the header of a fetch, or the address of a page. */
function tokenOf({ headers, url }: Request): string | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ?? new URL(url).searchParams.get("id_token");
}

/**
 * Throws a 401 for a session token that never ends, or whose issuer is another shop than its destination. Shopify says
 * to check both (Set up session tokens, 2026-11); its library checks neither, and asks the destination for a token
 * first. The library verifies the signature and everything else, so a token that cannot be read is left to it.
 */
export function refuseInconsistentToken(request: Request): void {
  const token = tokenOf(request);
  if (token === null) return;
  let claims: unknown;
  try {
    claims = decodeJwt(token);
  } catch {
    return;
  }
  if (!Claims.safeParse(claims).success) throw new Response(undefined, { status: 401, statusText: "Unauthorized" });
}
