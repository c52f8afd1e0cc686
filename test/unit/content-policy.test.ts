import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { contentPolicy, frameAncestorsIn } from "../../app/routes/app/content-policy.ts";
import { pageOfLibrary } from "../../app/routes/app/page-of-library.server.ts";

const ANCESTORS = "frame-ancestors https://tea.myshopify.com https://admin.shopify.com";

const SHOPIFYS = "https://cdn.shopify.com/shopifycloud/app-bridge.js https://cdn.shopify.com/shopifycloud/polaris-1.js";

test("a page runs its own scripts, App Bridge's and Polaris', no other file of the CDN, and nothing that is written into it", () => {
  const policy = contentPolicy(["nonce-abc"], ANCESTORS);
  const scripts = policy.split("; ").find((rule) => rule.startsWith("script-src"));
  expect(scripts).toBe(`script-src 'self' ${SHOPIFYS} 'nonce-abc'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy.split("; ").at(-1)).toBe(ANCESTORS);
});

test("only the shop that Shopify's headers name may frame a page, and nobody where they name none", () => {
  expect(frameAncestorsIn(new Headers({ "content-security-policy": `${ANCESTORS};` }))).toBe(ANCESTORS);
  expect(frameAncestorsIn(new Headers())).toBe("frame-ancestors 'none'");
});

test("a page that Shopify's library wrote runs the scripts that it has, and no other", async () => {
  const script = 'window.open("https://tea.myshopify.com", "_top")';
  const html = `<script data-api-key="key" src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script><script>${script}</script>`;
  const headers = { "content-type": "text/html;charset=utf-8", "content-security-policy": `${ANCESTORS};` };

  const answer = await pageOfLibrary(new Response(html, { headers }));

  const hash = createHash("sha256").update(script).digest("base64");
  expect(answer.headers.get("content-security-policy")).toContain(`script-src 'self' ${SHOPIFYS} 'sha256-${hash}';`);
  expect(answer.headers.get("content-security-policy")).toContain(ANCESTORS);
  expect(await answer.text()).toBe(html);
});

test("a redirect or a refusal stays as it is", async () => {
  const refusal = new Response(null, { status: 401, headers: { "x-shopify-retry-invalid-session-request": "1" } });
  expect(await pageOfLibrary(refusal)).toBe(refusal);
});
