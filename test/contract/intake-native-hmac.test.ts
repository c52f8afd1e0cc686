import { createHmac, webcrypto } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { lendNativeHmac } from "../../app/shopify/webhooks/native-hmac.server.ts";
import { createWebhookVerifier } from "../../app/shopify/webhooks/verify-webhook.server.ts";

const HMAC_SHA256 = { name: "HMAC", hash: { name: "SHA-256" } };
const lent = (): SubtleCrypto => {
  lendNativeHmac();
  // Put there by lendNativeHmac, where Shopify's library looks for it.
  return (globalThis.crypto as Crypto & { readonly webcrypto: { readonly subtle: SubtleCrypto } }).webcrypto.subtle;
};
const sign = vi.spyOn(webcrypto.subtle, "sign");
afterAll(() => sign.mockRestore());

test("an HMAC is what WebCrypto would have said", async () => {
  const secret = new TextEncoder().encode("s3cret");
  const text = new TextEncoder().encode("Zoë’s tea ☕".repeat(300));
  const key = await lent().importKey("raw", secret, HMAC_SHA256, false, ["sign"]);
  const real = await webcrypto.subtle.importKey("raw", secret, HMAC_SHA256, false, ["sign"]);
  expect(new Uint8Array(await lent().sign("HMAC", key, text))).toEqual(
    new Uint8Array(await webcrypto.subtle.sign("HMAC", real, text)),
  );
});

test("Shopify's library checks a webhook with it", async () => {
  const verify = createWebhookVerifier({ apiKey: "key", apiSecret: "s3cret", appUrl: "https://tandem.example.com" });
  const headers = {
    "x-shopify-hmac-sha256": createHmac("sha256", "s3cret").update("{}").digest("base64"),
    "x-shopify-topic": "orders/paid",
    "x-shopify-shop-domain": "tea.myshopify.com",
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": "1",
  };
  sign.mockClear();
  expect(await verify(headers, "{}")).toMatchObject({ kind: "verified" });
  expect(await verify({ ...headers, "x-shopify-hmac-sha256": "AAAA" }, "{}")).toEqual({ kind: "bad-hmac" });
  expect(sign).not.toHaveBeenCalled();
});

test("each secret has its own HMAC", async () => {
  const hmacWith = async (secret: string): Promise<string> => {
    const key = await lent().importKey("raw", new TextEncoder().encode(secret), HMAC_SHA256, false, ["sign"]);
    return Buffer.from(await lent().sign("HMAC", key, new TextEncoder().encode("{}"))).toString("hex");
  };
  const native = (secret: string): string => createHmac("sha256", secret).update("{}").digest("hex");
  for (const secret of ["one", "two", "one", "other length"]) expect(await hmacWith(secret)).toBe(native(secret));
});

test("everything else is WebCrypto's own", async () => {
  expect(globalThis.crypto.subtle).toBe(webcrypto.subtle);
  const aes = await lent().generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  expect((await lent().exportKey("raw", aes)).byteLength).toBe(32);
  const sha512 = { name: "HMAC", hash: { name: "SHA-512" } };
  const key = await lent().importKey("raw", new Uint8Array(8), sha512, false, ["sign"]);
  expect((await lent().sign("HMAC", key, new Uint8Array(3))).byteLength).toBe(64);
});
