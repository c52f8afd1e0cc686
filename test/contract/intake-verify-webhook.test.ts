import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSHA256HMAC, HashFormat } from "@shopify/shopify-api/runtime";
import { createWebhookVerifier, type Headers } from "../../app/shopify/webhooks/verify-webhook.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";

const SECRET = "the app's secret";
const verify = createWebhookVerifier({ apiSecret: SECRET });
const BODY = Buffer.from(anOrderWebhook({}, { note: "Zoë’s tea ☕" }), "utf8");
const hmacOf = (body: string | Buffer, secret = SECRET) => createHmac("sha256", secret).update(body).digest("base64");

const signed = (body: Buffer = BODY, changes: Headers = {}): Headers => ({
  "X-Shopify-Hmac-Sha256": hmacOf(body),
  "X-Shopify-Topic": "orders/paid",
  "X-Shopify-Shop-Domain": "tea.myshopify.com",
  "X-Shopify-API-Version": "2026-10",
  "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  "X-Shopify-Triggered-At": "2026-11-20T15:15:31.123456789Z",
  "Content-Type": "application/json",
  ...changes,
});
const without = (name: string): Headers => Object.fromEntries(Object.entries(signed()).filter(([key]) => key !== name));

const fetched = vi.fn();
beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  // Every answer in this file is given without asking anybody.
  expect(fetched).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});

describe("a webhook", () => {
  test("signed by Shopify is verified, with its body unchanged", async () => {
    expect(await verify(signed(), BODY)).toEqual({
      kind: "verified",
      webhook: {
        shop: "tea.myshopify.com",
        topic: "orders/paid",
        webhookId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        apiVersion: "2026-10",
        triggeredAt: "2026-11-20T15:15:31.123456789Z",
        body: BODY.toString("utf8"),
      },
    });
  });

  test("is read from headers in any case, as text or as Node's lists, and a body as text", async () => {
    const lower = Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name.toLowerCase(), value]));
    const lists = Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name, [String(value)]]));
    expect(await verify(lower, BODY)).toMatchObject({ kind: "verified" });
    expect(await verify(lists, BODY)).toMatchObject({ kind: "verified" });
    expect(await verify(signed(), BODY.toString("utf8"))).toMatchObject({ kind: "verified" });
  });

  test("may lack the time at which it was triggered", async () => {
    expect(await verify(without("X-Shopify-Triggered-At"), BODY)).toMatchObject({
      kind: "verified",
      webhook: { triggeredAt: null },
    });
  });

  test.each([
    ["one byte of the body changed", signed(), Buffer.from(BODY.toString("utf8").replace("paid", "Paid"))],
    ["signed with another secret", signed(BODY, { "X-Shopify-Hmac-Sha256": hmacOf(BODY, "another") }), BODY],
    ["a signature of another length", signed(BODY, { "X-Shopify-Hmac-Sha256": "abc" }), BODY],
    [
      "a signature in hexadecimal",
      signed(BODY, { "X-Shopify-Hmac-Sha256": createHmac("sha256", SECRET).update(BODY).digest("hex") }),
      BODY,
    ],
    ["an empty body", signed(), Buffer.alloc(0)],
    ["the body of white space changed", signed(), Buffer.concat([BODY, Buffer.from("\n")])],
  ])("that nobody signed is refused: %s", async (_what, headers, body) => {
    expect(await verify(headers, body)).toEqual({ kind: "bad-hmac" });
  });

  test.each([
    "X-Shopify-Hmac-Sha256",
    "X-Shopify-Topic",
    "X-Shopify-Shop-Domain",
    "X-Shopify-API-Version",
    "X-Shopify-Webhook-Id",
  ])("without %s is told which header it lacks", async (name) => {
    expect(await verify(without(name), BODY)).toEqual({ kind: "missing-headers", missing: [name.toLowerCase()] });
  });

  test.each([
    ["plain text", Buffer.from("{}")],
    ["signs beyond ASCII and a mark of byte order", Buffer.from("\uFEFFZoë ☕ 🍵")],
  ])(
    "gets the verdict of Shopify's library on %s, whoever signed it and with however long a secret",
    async (_what, body) => {
      for (const apiSecret of ["s", SECRET, "a secret longer than a block of the hash ".repeat(3)]) {
        const verdict = createWebhookVerifier({ apiSecret });
        const right = await createSHA256HMAC(apiSecret, body.toString("utf8"), HashFormat.Base64);
        for (const sent of [
          right,
          hmacOf(body, apiSecret),
          hmacOf(body, "other"),
          `${right} `,
          right.slice(0, -1),
          "=",
        ]) {
          const { kind } = await verdict(signed(body, { "X-Shopify-Hmac-Sha256": sent }), body);
          // What is signed and is no webhook is refused for that.
          const whenSigned = body.equals(Buffer.from("{}")) ? "verified" : "not-this-webhook";
          expect(kind).toBe(sent === right ? whenSigned : "bad-hmac");
        }
      }
    },
  );

  test("is checked over its bytes: one that only reads alike is another", async () => {
    const sent = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);
    const alike = Buffer.from(sent.toString("utf8"));
    expect(await verify(signed(sent), sent)).toMatchObject({ kind: "verified" });
    expect(await verify(signed(alike), sent)).toEqual({ kind: "bad-hmac" });
    expect(await verify(signed(sent), alike)).toEqual({ kind: "bad-hmac" });
  });

  test("without a myshopify.com domain is refused, even if signed", async () => {
    const headers = signed(BODY, { "X-Shopify-Shop-Domain": "tea.example.com" });
    expect(await verify(headers, BODY)).toEqual({ kind: "missing-headers", missing: ["x-shopify-shop-domain"] });
  });

  test("cannot pass with the headers of Shopify's other kind of webhook", async () => {
    const headers = { "shopify-hmac-sha256": hmacOf(BODY), ...signed(BODY, { "X-Shopify-Hmac-Sha256": "wrong" }) };
    expect(await verify(headers, BODY)).toEqual({ kind: "bad-hmac" });
  });
});
