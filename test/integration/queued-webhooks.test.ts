import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { queuedWebhookPorts } from "../../app/server/queued-webhook-ports.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createServer } from "../../app/server/http/create-server.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { NO_FLOW, NO_HOOKS, NO_LEADS } from "../support/no-leads.ts";

const AUDIENCE = "https://tandem.example.com/webhooks/pubsub";
const ACCOUNT = "push@project.iam.gserviceaccount.com";
const API_KEY = "what-the-api-destination-sends";
const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-nobody" };

type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

let google: Server;
let signingKey: Key;
let strangersKey: Key;
let app: TestApp;
let shop: string;
let keyRequests = 0;

beforeAll(async () => {
  const pair = await generateKeyPair("RS256");
  signingKey = pair.privateKey;
  strangersKey = (await generateKeyPair("RS256")).privateKey;
  const published: JWK = { ...(await exportJWK(pair.publicKey)), kid: "google-1", alg: "RS256", use: "sig" };
  google = createHttpServer((_request, response) => {
    keyRequests += 1;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: [published] }));
  });
  await new Promise<void>((resolve) => google.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = google.address() as AddressInfo;
  app = await startTestApp({
    dataDir: "memory://",
    graphUrl: "http://127.0.0.1:9",
    environment: {
      TANDEM_PUBSUB_AUDIENCE: AUDIENCE,
      TANDEM_PUBSUB_SERVICE_ACCOUNT: ACCOUNT,
      TANDEM_PUBSUB_KEYS_URL: `http://127.0.0.1:${port}/certs`,
      TANDEM_EVENTBRIDGE_TOKEN: API_KEY,
    },
  });
  // The keys are fetched beside everything else; until they are there, a push is to come back.
  await vi.waitFor(async () => {
    const { status } = await post("pubsub", "{}", { authorization: `Bearer ${await aToken()}` });
    expect(status).toBe(400);
  }, PATIENCE_MS);
});

afterAll(async () => {
  await app.close();
  await new Promise((resolve) => google.close(resolve));
});

beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
});

const anOrder = (orderId: string): string =>
  anOrderWebhook({ shop, orderId, source: "pos", placedAt: new Date().toISOString() });

const headersOf = (webhookId: string, topic = "orders/paid"): Record<string, string> => ({
  "Content-Type": "application/json",
  "X-Shopify-Topic": topic,
  "X-Shopify-Shop-Domain": shop,
  "X-Shopify-API-Version": "2026-10",
  "X-Shopify-Webhook-Id": webhookId,
  "X-Shopify-Triggered-At": new Date().toISOString(),
});

type Claims = { readonly [Name in "email" | "aud" | "iss"]?: string } & {
  readonly expires?: string;
  readonly kid?: string;
};

const aToken = ({ expires = "1h", kid = "google-1", ...claims }: Claims = {}, key = signingKey): Promise<string> =>
  new SignJWT({ email: ACCOUNT, email_verified: true, aud: AUDIENCE, iss: "https://accounts.google.com", ...claims })
    .setProtectedHeader({ alg: "RS256", kid })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);

const post = (path: string, body: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${app.url}/webhooks/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

const pushed = async (message: object, token?: string): Promise<Response> => {
  const envelope = {
    message: { publishTime: new Date().toISOString(), ...message },
    subscription: "projects/p/subscriptions/s",
  };
  return post("pubsub", JSON.stringify(envelope), { authorization: `Bearer ${token ?? (await aToken())}` });
};

const aMessage = (body: string, attributes = headersOf("w-1")) => ({
  data: Buffer.from(body).toString("base64"),
  attributes,
  messageId: "2070443601311540",
});

const bridged = (body: string, metadata: object = headersOf("w-1"), key = API_KEY): Promise<Response> =>
  post(
    "eventbridge",
    // Put together as text, so that no number of the payload passes through a double on the way.
    `{"version":"0","id":"2f7ce0a8-12ab-4c4e-9a6f-8e5f0a5b6c7d","detail-type":"shopifyWebhook","source":"aws.partner/shopify.com/1/tandem","account":"123456789012","time":"2026-11-23T10:00:00Z","region":"eu-central-1","resources":[],"detail":{"payload":${body},"metadata":${JSON.stringify(metadata)}}}`,
    { "x-api-key": key },
  );

const eventIds = async (): Promise<readonly string[]> => (await app.eventsOf(shop)).map(({ eventId }) => eventId);
const purchase = (orderId: string): string => `purchase.${shop.split(".")[0]}.${orderId}`;

test("an order pushed by Pub/Sub is handled like one that Shopify posts, and a repeated push adds nothing", async () => {
  const statuses = [await pushed(aMessage(anOrder("811"))), await pushed(aMessage(anOrder("811")))].map(
    ({ status }) => status,
  );

  expect(statuses).toEqual([200, 200]);
  expect(await eventIds()).toEqual([purchase("811")]);
  const webhooks = await app.opened.database.prisma.webhookReceipt.findMany({ where: { shop } });
  expect(webhooks).toMatchObject([{ topic: "orders/paid", webhookId: "w-1" }]);
});

test("an order that EventBridge sends keeps an id beyond 2^53, digit by digit", async () => {
  const body = anOrder("812").replaceAll("812", "90071992547409931");

  const answer = await bridged(body);

  expect(answer.status).toBe(200);
  expect(await eventIds()).toEqual([purchase("90071992547409931")]);
});

test("lower-case headers without a webhook ID are enough: the queue's own ID is used", async () => {
  const lower = { "x-shopify-topic": "orders/paid", "x-shopify-shop-domain": shop };

  await pushed(aMessage(anOrder("813"), lower));
  await pushed(aMessage(anOrder("813"), lower));

  expect(await eventIds()).toEqual([purchase("813")]);
  const [webhook] = await app.opened.database.prisma.webhookReceipt.findMany({ where: { shop } });
  expect(webhook?.webhookId).toBe("2070443601311540");
});

test("an uninstall is handled this way too", async () => {
  const answer = await bridged(JSON.stringify({ id: 1 }), headersOf("w-2", "app/uninstalled"));

  expect(answer.status).toBe(200);
  expect((await app.opened.settings.profile(app.domain(shop)))?.installed).toBe(false);
});

test.each<[string, () => Promise<string>]>([
  ["signed by a stranger under Google's key id", () => aToken({}, strangersKey)],
  ["for another audience", () => aToken({ aud: "https://other.example.com" })],
  ["of another service account, though Google's", () => aToken({ email: "somebody@else.iam.gserviceaccount.com" })],
  ["of another issuer", () => aToken({ iss: "https://issuer.example.com" })],
  ["that has expired", () => aToken({ expires: "-1h" })],
  ["that is none", async () => "not-a-token"],
])("a push with a token %s is refused and leaves nothing", async (_what, token) => {
  const answer = await pushed(aMessage(anOrder("814")), await token());

  expect(answer.status).toBe(401);
  expect(await eventIds()).toEqual([]);
});

test("a token with an unknown key gets a 503, and causes no request to Google", async () => {
  const before = keyRequests;

  const answer = await pushed(aMessage(anOrder("815")), await aToken({ kid: "google-2" }, strangersKey));

  expect(answer.status).toBe(503);
  expect(keyRequests).toBe(before);
});

test("EventBridge without the right key is refused", async () => {
  expect((await bridged(anOrder("816"), headersOf("w-1"), "wrong")).status).toBe(401);
  expect(await eventIds()).toEqual([]);
});

test.each<[string, () => Promise<Response>]>([
  ["a push that is no envelope", async () => post("pubsub", "{}", { authorization: `Bearer ${await aToken()}` })],
  ["a push without a shop", () => pushed(aMessage(anOrder("817"), { "X-Shopify-Topic": "orders/paid" }))],
  ["an event without a topic", () => bridged(anOrder("817"), { "X-Shopify-Shop-Domain": shop })],
  [
    "an event without a payload",
    () => post("eventbridge", `{"id":"1","detail":{"metadata":{}}}`, { "x-api-key": API_KEY }),
  ],
])("%s is answered 400, for the queue's dead letters, and the answer names the field only", async (_what, send) => {
  const answer = await send();

  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/missing|expected|should/);
  expect(await eventIds()).toEqual([]);
});

test("a body that is not JSON is a bad envelope, which the queue keeps", async () => {
  expect((await pushed(aMessage("{ not JSON"))).status).toBe(400);
  expect(await app.opened.database.prisma.quarantine.count({ where: { shop } })).toBe(0);
});

test("a body that is not an order is quarantined and answered 200, because a retry would bring the same", async () => {
  const answer = await pushed(aMessage('{"id":1}'));

  expect(answer.status).toBe(200);
  const kept = await app.opened.database.prisma.quarantine.findMany({ where: { shop } });
  expect(kept.map(({ problem }) => problem)).toEqual(["not-an-order"]);
});

test("neither address exists unless the environment enables it", async () => {
  const takesNothing = async (): Promise<never> => Promise.reject(new Error("nobody is let in"));
  const webhooks = { verify: takesNothing, acceptOrder: takesNothing, acceptAppWebhook: takesNothing };
  const log = createLogger({ level: "silent", name: "test" });
  const env = { pubsub: undefined, eventbridgeToken: undefined, role: "web" } as const;
  const server = await createServer(
    {
      webhooks,
      collect: takesNothing,
      leads: NO_LEADS,
      flow: NO_FLOW,
      leadHooks: NO_HOOKS,
      noteRefusal: () => undefined,
      now: () => new Date(),
      log,
      queued: queuedWebhookPorts(env, { webhooks, watcher: null, log }),
      readiness: async () => ({ kind: "ready" }),
      telemetry: { watcher: null, scrape: null },
    },
    { ...env, remix: null, trustProxy: false, collectLimits: { perAddress: 1, perShop: 1 }, metricsToken: undefined },
  );
  const answers = await Promise.all(
    ["pubsub", "eventbridge"].map((path) => server.inject({ method: "POST", url: `/webhooks/${path}`, payload: "{}" })),
  );
  await server.close();

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
});
