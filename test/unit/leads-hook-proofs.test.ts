import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyHook } from "../../app/leads/hooks/verify-hook.server.ts";
import { GOHIGHLEVEL, HUBSPOT } from "../fixtures/crm-bodies.ts";

const NOW = new Date("2026-11-30T09:16:00Z");
const URL_OF_HOOK = "https://tandem.example.com/api/leads/hooks/abc";
const SECRET = "the-secret-of-the-connection";

describe("the proof of where a request comes from", () => {
  const body = Buffer.from(JSON.stringify(HUBSPOT));
  const request = (headers: Record<string, string>, changes: object = {}) => ({
    headers,
    url: URL_OF_HOOK,
    body,
    receivedAt: NOW,
    ...changes,
  });
  const secrets = ["another-secret-of-before", SECRET];

  test("HubSpot's signature v3: method, decoded address, body and time", () => {
    const time = String(NOW.getTime() - 1_000);
    const signed = (url: string, at = time) =>
      createHmac("sha256", SECRET).update(`POST${url}${body.toString()}${at}`).digest("base64");
    const headers = { "x-hubspot-signature-v3": signed(URL_OF_HOOK), "x-hubspot-request-timestamp": time };
    expect(verifyHook(request(headers), "hubspot-v3", { secrets })).toBe("verified");
    expect(verifyHook(request(headers, { url: `${URL_OF_HOOK}?a` }), "hubspot-v3", { secrets })).toBe("bad-signature");
    expect(verifyHook(request(headers, { body: Buffer.from("[]") }), "hubspot-v3", { secrets })).toBe("bad-signature");
    expect(verifyHook(request({}), "hubspot-v3", { secrets })).toBe("no-signature");
    const decoded = { ...headers, "x-hubspot-signature-v3": signed(`${URL_OF_HOOK}?u=a@b:c`) };
    expect(verifyHook(request(decoded, { url: `${URL_OF_HOOK}?u=a%40b%3Ac` }), "hubspot-v3", { secrets })).toBe(
      "verified",
    );
    const late = { receivedAt: new Date(NOW.getTime() + 6 * 60_000) };
    expect(verifyHook(request(headers, late), "hubspot-v3", { secrets })).toBe("stale");
    const noTime = { "x-hubspot-signature-v3": signed(URL_OF_HOOK, "soon"), "x-hubspot-request-timestamp": "soon" };
    expect(verifyHook(request(noTime), "hubspot-v3", { secrets })).toBe("stale");
  });

  // developers.hubspot.com, "Request validation", the example for Java, 2026-11-30.
  test("HubSpot's own example of the signature v3", () => {
    const example =
      '[{"eventId":531833541,"subscriptionId":3923621,"portalId":48807704,"appId":16111050,"occurredAt":1752613920733,' +
      '"subscriptionType":"contact.creation","attemptNumber":0,"objectId":138017612137,"changeFlag":"CREATED",' +
      '"changeSource":"CRM_UI","sourceId":"userId:76023669"}]';
    const headers = {
      "x-hubspot-signature-v3": "gbj1XPRvUt0noT7i7fXfTzOD4sLzQmf0VT28ZYq0EYg=",
      "x-hubspot-request-timestamp": "1752613922216",
    };
    const sent = request(headers, {
      url: "https://webhook.site/335453f5-94b3-49d9-b684-a55354d4b8df",
      body: Buffer.from(example),
      receivedAt: new Date(1752613923000),
    });
    expect(verifyHook(sent, "hubspot-v3", { secrets: ["cfc68c0b-4b4e-4ef8-b764-95350e4ea479"] })).toBe("verified");
  });

  test("Pipedrive's basic authentication, Salesforce's bearer and the secret in an address", () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    expect(verifyHook(request(basic(`tandem:${SECRET}`)), "basic", { secrets })).toBe("verified");
    expect(verifyHook(request(basic(`other:${SECRET}`)), "basic", { secrets })).toBe("bad-signature");
    expect(verifyHook(request({}), "basic", { secrets })).toBe("no-signature");
    expect(verifyHook(request({ authorization: `Bearer ${SECRET}` }), "bearer", { secrets })).toBe("verified");
    expect(verifyHook(request({ authorization: "Bearer x" }), "bearer", { secrets })).toBe("bad-signature");
    expect(verifyHook(request({ authorization: "Bearer undefined" }), "bearer", { secrets: [] })).toBe("bad-signature");
    const withSecret = (secret: string) => request({}, { url: `${URL_OF_HOOK}?secret=${secret}` });
    expect(verifyHook(withSecret(SECRET), "secret-in-address", { secrets })).toBe("verified");
    expect(verifyHook(withSecret("x"), "secret-in-address", { secrets })).toBe("bad-signature");
    expect(verifyHook(request({}), "secret-in-address", { secrets })).toBe("no-signature");
  });

  test("HighLevel's Ed25519 signature of the body, with its published key", () => {
    const { privateKey, publicKey: highLevelKey } = generateKeyPairSync("ed25519");
    const own = Buffer.from(JSON.stringify(GOHIGHLEVEL));
    const headers = { "x-ghl-signature": sign(null, own, privateKey).toString("base64") };
    const proof = { secrets: [], highLevelKey };
    expect(verifyHook(request(headers, { body: own }), "gohighlevel", proof)).toBe("verified");
    expect(verifyHook(request(headers), "gohighlevel", proof)).toBe("bad-signature");
    expect(verifyHook(request(headers, { body: own }), "gohighlevel", { secrets: [] })).toBe("bad-signature");
    expect(verifyHook(request({ "x-ghl-signature": "%" }, { body: own }), "gohighlevel", proof)).toBe("bad-signature");
    expect(verifyHook(request({}, { body: own }), "gohighlevel", proof)).toBe("no-signature");
    const late = { body: own, receivedAt: new Date("2026-11-30T12:00:00Z") };
    expect(verifyHook(request(headers, late), "gohighlevel", proof)).toBe("stale");
  });

  test("the generic signature: time, full stop and body, in hex", () => {
    const time = String(NOW.getTime() / 1000);
    const signature = createHmac("sha256", SECRET).update(`${time}.`).update(body).digest("hex");
    const headers = { "x-tandem-signature": `sha256=${signature}`, "x-tandem-timestamp": time };
    expect(verifyHook(request(headers), "hmac", { secrets })).toBe("verified");
    expect(verifyHook(request({ ...headers, "x-tandem-timestamp": "1" }), "hmac", { secrets })).toBe("bad-signature");
    expect(verifyHook(request({ "x-tandem-signature": "sha256=1" }), "hmac", { secrets })).toBe("no-signature");
    const late = { receivedAt: new Date(NOW.getTime() + 6 * 60_000) };
    expect(verifyHook(request(headers, late), "hmac", { secrets })).toBe("stale");
  });
});
