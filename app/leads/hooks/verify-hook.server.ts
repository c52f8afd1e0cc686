import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { fieldsOfText } from "../../event-contract/json.ts";
import type { Preset } from "./presets.ts";
import type { HookCheck, HookRequest } from "./types.ts";

// HubSpot, "Validating requests" (2026-11-30): older than five minutes is refused. The generic scheme does the same.
const WINDOW_MS = 5 * 60_000;
// HighLevel signs the body with its time, and sends the same body again for more than an hour ("Webhook Integration Guide").
const HIGHLEVEL_WINDOW_MS = 2 * 60 * 60_000;
const BASIC_USER = "tandem";

// HighLevel's public key of X-GHL-Signature, the same for all its customers (marketplace.gohighlevel.com, "Webhook
// Integration Guide", 2026-11-30). The RSA signature X-WH-Signature ended on 2026-07-01. The environment can name
// another key, for the day on which HighLevel changes this one.
const HIGHLEVEL_KEY = createPublicKey({
  key: Buffer.from("MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=", "base64"),
  format: "der",
  type: "spki",
});

/** `secrets`: today's, and the former one during a rotation. */
type Proof = { readonly secrets: readonly string[]; readonly highLevelKey?: KeyObject | undefined };
type Check = (request: HookRequest, proof: Proof) => HookCheck;

/** Whether the request comes from whom it says, by the raw bytes. Compares in constant time. */
export const verifyHook = (request: HookRequest, scheme: Preset["scheme"], proof: Proof): HookCheck =>
  CHECKS[scheme](request, proof);

const CHECKS: Readonly<Record<Preset["scheme"], Check>> = {
  // Base64 of the HMAC over method, address, body and time, with the app's client secret; some escapes are decoded.
  "hubspot-v3": ({ headers, url, body, receivedAt }, { secrets }) => {
    const signature = headerOf(headers, "x-hubspot-signature-v3");
    const time = headerOf(headers, "x-hubspot-request-timestamp");
    if (signature === null || time === null) return "no-signature";
    const parts = ["POST", decodedForHubSpot(url), body, time];
    if (!secrets.some((secret) => isSame(signature, hmac(secret, parts, "base64")))) return "bad-signature";
    return isWithin(Number(time), receivedAt, WINDOW_MS) ? "verified" : "stale";
  },
  // Pipedrive, "http_auth_user" and "http_auth_password" of a webhook.
  basic: ({ headers }, { secrets }) => {
    const [, given] = /^Basic +(\S+)$/i.exec(headerOf(headers, "authorization") ?? "") ?? [];
    if (given === undefined) return "no-signature";
    const expected = secrets.map((secret) => Buffer.from(`${BASIC_USER}:${secret}`).toString("base64"));
    return expected.some((text) => isSame(given, text)) ? "verified" : "bad-signature";
  },
  bearer: ({ headers }, { secrets }) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(headerOf(headers, "authorization") ?? "") ?? [];
    if (given === undefined) return "no-signature";
    return secrets.some((secret) => isSame(given, secret)) ? "verified" : "bad-signature";
  },
  // An outbound message has no headers of the merchant's own, so the address carries the secret.
  "secret-in-address": ({ url }, { secrets }) => {
    const given = new URLSearchParams(url.slice(url.indexOf("?") + 1)).get("secret");
    if (given === null) return "no-signature";
    return secrets.some((secret) => isSame(given, secret)) ? "verified" : "bad-signature";
  },
  gohighlevel: ({ headers, body, receivedAt }, { highLevelKey = HIGHLEVEL_KEY }) => {
    const signature = headerOf(headers, "x-ghl-signature");
    if (signature === null) return "no-signature";
    if (!verify(null, body, highLevelKey, Buffer.from(signature, "base64"))) return "bad-signature";
    const time = fieldsOfText(body.toString("utf8"))?.["timestamp"];
    // Without a time the delivery's own ID is what makes a repetition harmless.
    if (typeof time !== "string") return "verified";
    return isWithin(Date.parse(time), receivedAt, HIGHLEVEL_WINDOW_MS) ? "verified" : "stale";
  },
  // Hex of the HMAC over time, a full stop and body.
  hmac: ({ headers, body, receivedAt }, { secrets }) => {
    const [, signature] = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(headers, "x-tandem-signature") ?? "") ?? [];
    const time = headerOf(headers, "x-tandem-timestamp");
    if (signature === undefined || time === null) return "no-signature";
    const given = signature.toLowerCase();
    if (!secrets.some((secret) => isSame(given, hmac(secret, [time, ".", body], "hex")))) return "bad-signature";
    return isWithin(Number(time) * 1000, receivedAt, WINDOW_MS) ? "verified" : "stale";
  },
};

function headerOf(headers: HookRequest["headers"], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) || null;
}

function hmac(secret: string, parts: readonly (string | Buffer)[], encoding: "base64" | "hex"): string {
  const sum = createHmac("sha256", secret);
  for (const part of parts) sum.update(part);
  return sum.digest(encoding);
}

// Digests have one length, so that the comparison's time says nothing about the secret.
const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other));

const isWithin = (at_ms: number, now: Date, window_ms: number): boolean => Math.abs(now.getTime() - at_ms) <= window_ms;

// The characters that HubSpot decodes in the address before it signs.
const decodedForHubSpot = (url: string): string =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (escape) => decodeURIComponent(escape));
