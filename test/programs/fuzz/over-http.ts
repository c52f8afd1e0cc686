import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import fc from "fast-check";
import { PRESETS } from "../../../app/leads/hooks/presets.ts";
import { HOOK_PRESETS, type HookPreset } from "../../../app/leads/hooks/types.ts";
import { parseSettingsInput } from "../../../app/settings/validate-settings.ts";
import {
  GENERIC,
  GOHIGHLEVEL,
  HUBSPOT,
  PIPEDRIVE,
  SALESFORCE_FLOW,
  SALESFORCE_MESSAGE,
} from "../../fixtures/crm-bodies.ts";
import { API_SECRET } from "../../simulators/app-process.ts";
import { ACCOUNTS, type Connection, proofOf } from "../../support/crm-sender.ts";
import { startTestApp, type TestApp } from "../../support/test-app.ts";
import { jsonLike } from "./hostile-json.ts";
import { textLike } from "./hostile-text.ts";

/** A way in for leads, with the bodies that somebody may send there. */
export type HttpWay = {
  readonly name: string;
  readonly bodies: fc.Arbitrary<string>;
  /** Sends the n-th body with the proof that lets it in; the status of the answer. */
  readonly send: (body: string, n: number) => Promise<number>;
};

export type HttpFuzzed = {
  readonly cases: number;
  /** Bodies that were answered with an error of the app's own, or not let in at all. */
  readonly failures: readonly { readonly status: number | string; readonly body: string }[];
  readonly slowest_ms: number;
};

const AT_ONCE = 8;
const LONGEST_SHOWN = 2_000;

/** Sends so many bodies. The same seed makes the same ones. */
export async function fuzzOverHttp(
  { bodies, send }: HttpWay,
  { cases, seed }: { readonly cases: number; readonly seed: number },
): Promise<HttpFuzzed> {
  const sample = fc.sample(bodies, { numRuns: cases, seed }).entries();
  const failures: HttpFuzzed["failures"][number][] = [];
  let slowest_ms = 0;
  const sender = async (): Promise<void> => {
    // The senders share one iterator.
    for (const [n, body] of sample) {
      const from = performance.now();
      const status = await send(body, n).catch((error: unknown) => String(error));
      slowest_ms = Math.max(slowest_ms, Math.round(performance.now() - from));
      if (isFailure(status)) failures.push({ status, body: body.slice(0, LONGEST_SHOWN) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return { cases, failures, slowest_ms };
}

/** A limit of the rate would keep the body from what is to be tried. */
const isFailure = (status: number | string): boolean => typeof status === "string" || status >= 500 || status === 429;

const HIGHLEVEL = generateKeyPairSync("ed25519");

/** The app with all of its ways in but the pages, which have a route of their own. */
export async function openHttpWays(): Promise<{
  readonly app: TestApp;
  readonly shop: string;
  readonly ways: readonly HttpWay[];
  close: () => Promise<void>;
}> {
  const key = HIGHLEVEL.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const environment = { TANDEM_GOHIGHLEVEL_KEY: key };
  const app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", environment });
  const shop = await aShop(app);
  const ways = [
    apiWay(app, shop),
    ...HOOK_PRESETS.map((preset) => hookWay(preset, app, shop)),
    ...shopifyWays(app, shop),
  ];
  return { app, shop, ways, close: () => app.close() };
}

async function aShop(app: TestApp): Promise<string> {
  const shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  const stages = [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "qualified", name: "Qualified", event: "LeadQualified", customerTag: "good lead" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won" },
  ];
  const settings = parseSettingsInput({ funnel: JSON.stringify({ stages, customerMetafield: "custom.lead_stage" }) });
  if (!settings.ok) throw new Error("the funnel is no funnel");
  await app.opened.settings.save(app.domain(shop), settings.value, "fuzz");
  return shop;
}

/** One key, address or shop for so many requests: each has a limit of its own for a minute. */
function inTurns<Sender>(most: number, make: (turn: number) => Promise<Sender>): (n: number) => Promise<Sender> {
  const made: Promise<Sender>[] = [];
  return (n) => (made[Math.floor(n / most)] ??= make(Math.floor(n / most)));
}

type Sent = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

async function post(app: TestApp, { path, headers, body }: Sent): Promise<number> {
  const response = await fetch(`${app.url}${path}`, { method: "POST", headers, body: Buffer.from(body) });
  await response.body?.cancel();
  return response.status;
}

const AT = "2026-11-20T10:15:00+01:00";
const STAGES = JSON.stringify({
  crm: "HubSpot",
  stages: [
    { lead: { externalId: "deal-4711" }, stage: "qualified", at: AT, consent: "declined" },
    { lead: { email: "ada@example.com" }, stage: "won", at: 1_795_000_000, value: 900, currency: "EUR" },
    { lead: { leadId: "525645896321548" }, stage: "lead", at: AT, leadAt: AT, consent: "granted" },
  ],
});

function apiWay(app: TestApp, shop: string): HttpWay {
  const keyOf = inTurns(50, () =>
    app.opened.apiKeys.make(app.domain(shop), { name: "fuzz", scopes: ["leads:write"], by: "fuzz" }),
  );
  return {
    name: "API",
    bodies: jsonLike(STAGES),
    send: async (body, n) => {
      const { key } = await keyOf(n);
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      return post(app, { path: "/api/leads/stages", headers, body });
    },
  };
}

const BODIES: Readonly<Record<HookPreset, fc.Arbitrary<string>>> = {
  hubspot: jsonLike(JSON.stringify(HUBSPOT)),
  pipedrive: jsonLike(JSON.stringify(PIPEDRIVE)),
  "salesforce-flow": jsonLike(JSON.stringify(SALESFORCE_FLOW)),
  "salesforce-message": textLike(SALESFORCE_MESSAGE),
  gohighlevel: jsonLike(JSON.stringify(GOHIGHLEVEL)),
  generic: jsonLike(JSON.stringify(GENERIC)),
};

function hookWay(preset: HookPreset, app: TestApp, shop: string): HttpWay {
  const { mapping, secretFrom } = PRESETS[preset];
  const hookOf = inTurns(500, async () => {
    const secret = `secret-${randomUUID()}`;
    const hook = { name: preset, preset, mapping, account: ACCOUNTS[preset] ?? null, by: "fuzz" };
    const given = { ...hook, secret: secretFrom === "none" ? null : secret };
    const { id } = await app.opened.crmHooks.make(app.domain(shop), given);
    const query = preset === "salesforce-message" ? `?secret=${secret}` : "";
    return { path: `/api/leads/hooks/${id}${query}`, secret };
  });
  return {
    name: `CRM webhook: ${preset}`,
    bodies: BODIES[preset],
    send: async (body, n) => {
      const { path, secret } = await hookOf(n);
      const connection: Connection = { url: `${app.opened.appUrl}${path}`, secret, privateKey: HIGHLEVEL.privateKey };
      return post(app, { path, headers: proofOf(preset, body, connection), body });
    },
  };
}

const CUSTOMER = "gid://shopify/Customer/191167";
const TAGS = JSON.stringify({ customerId: CUSTOMER, tags: ["good lead", "vip"], occurredAt: AT });
const METAFIELD = { id: 1, namespace: "custom", key: "lead_stage", value: "won", updated_at: AT };
const UPDATE = JSON.stringify({
  id: 191167,
  admin_graphql_api_id: CUSTOMER,
  updated_at: AT,
  metafields: [METAFIELD],
});
const runOf = (shop: string) =>
  JSON.stringify({
    shopify_domain: shop,
    action_run_id: "run-1",
    handle: "tandem-send-stage",
    properties: { stage: "won", email: "ada@example.com", value: "10.00", currency: "EUR", reached_at: AT },
  });
const changeOf = (shop: string) =>
  JSON.stringify({
    flow_trigger_definition_id: "tandem-event-refused",
    has_enabled_flow: true,
    shopify_domain: shop,
    timestamp: AT,
  });

const signatureOf = (body: string): string => createHmac("sha256", API_SECRET).update(body).digest("base64");

function shopifyWays(app: TestApp, shop: string): readonly HttpWay[] {
  const webhook = (name: string, topic: string, sample: string): HttpWay => ({
    name,
    bodies: jsonLike(sample),
    send: (body) => {
      const headers = {
        "x-shopify-topic": topic,
        "x-shopify-shop-domain": shop,
        "x-shopify-api-version": "2026-10",
        "x-shopify-webhook-id": randomUUID(),
        "x-shopify-hmac-sha256": signatureOf(body),
      };
      return post(app, { path: "/webhooks/app", headers, body });
    },
  });
  const shopOf = inTurns(500, async (turn) => (turn === 0 ? shop : aShop(app)));
  const flow = (name: string, path: string, sample: string): HttpWay => ({
    name,
    bodies: jsonLike(sample),
    send: async (body, n) => {
      const sent = body.replaceAll(shop, await shopOf(n));
      return post(app, { path, headers: { "x-shopify-hmac-sha256": signatureOf(sent) }, body: sent });
    },
  });
  return [
    webhook("customer's tag", "customer.tags_added", TAGS),
    webhook("customer's metafield", "customers/update", UPDATE),
    flow("Shopify Flow: action", "/api/flow/stages", runOf(shop)),
    flow("Shopify Flow: use of a trigger", "/api/flow/triggers", changeOf(shop)),
  ];
}
