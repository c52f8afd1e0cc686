/**
 * Where Shopify runs an app's admin UI extensions, which is another origin than the admin's and the app's: "your server
 * must support CORS for the origin https://extensions.shopifycdn.com" (shopify.dev, "Admin UI extensions", Security,
 * 2026-07).
 */
const EXTENSIONS = "https://extensions.shopifycdn.com";

/** Browsers may keep a preflight's answer for two hours, as Shopify's library says of its own. */
const PREFLIGHT_KEPT_S = 7_200;

/**
 * The response, readable by the app's extensions and by no other origin's page. The request proves itself by a token and
 * not by a cookie, so this protects nobody: it is what the browser asks for.
 */
export function readableByExtension(response: Response): Response {
  response.headers.set("access-control-allow-origin", EXTENSIONS);
  response.headers.set("vary", "Origin");
  response.headers.set("cache-control", "no-store");
  return response;
}

/** The answer to a preflight, which a browser sends without the token. */
export const preflightAnswer = (): Response =>
  readableByExtension(
    new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-methods": "GET",
        "access-control-allow-headers": "Authorization, Content-Type",
        "access-control-max-age": String(PREFLIGHT_KEPT_S),
      },
    }),
  );
