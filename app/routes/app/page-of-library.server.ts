import { createHash } from "node:crypto";
import { contentPolicy, frameAncestorsIn } from "./content-policy.ts";

const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/** A page that Shopify's library wrote itself (leave the frame, renew the session), with the hashes of its scripts allowed. */
export async function pageOfLibrary(response: Response): Promise<Response> {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const html = await response.text();
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = ""]) => `sha256-${createHash("sha256").update(script).digest("base64")}`,
  );
  const headers = new Headers(response.headers);
  headers.set("content-security-policy", contentPolicy(hashes, frameAncestorsIn(headers)));
  return new Response(html, { status: response.status, headers });
}
