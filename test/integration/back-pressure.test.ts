import type { FastifyInstance } from "fastify";
import { afterEach, expect, test } from "vitest";

import type { ServerPorts } from "../../app/server/http/create-server.server.ts";
import { createServer } from "../../app/server/http/create-server.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { AcceptedBrowserEvent } from "../../app/pipeline/accept-browser-event.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { Overloaded } from "../../app/outbox/group-commit.ts";
import { NO_FLOW, NO_HOOKS, NO_LEADS } from "../support/no-leads.ts";

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

const WEBHOOK = {
  shop: "tea.myshopify.com" as ShopDomain, // a literal of the right form
  ...{ topic: "orders/paid", webhookId: "1", apiVersion: "2026-10", triggeredAt: null, body: "{}" },
};

type Changes = Partial<ServerPorts> & {
  readonly limits?: { perAddress: number; perShop: number };
  readonly trustProxy?: number | readonly string[];
};

async function aServer(changes: Changes) {
  const { limits = { perAddress: 100, perShop: 100 }, trustProxy = 1, ...ports } = changes;
  server = await createServer(
    {
      webhooks: {
        verify: async () => ({ kind: "verified", webhook: WEBHOOK }),
        acceptOrder: async () => ({ kind: "not-installed" }),
        acceptAppWebhook: async () => ({ kind: "answered" }),
      },
      collect: async () => [{ kind: "accepted" }],
      queued: {
        checkGoogleToken: null,
        eventbridgeToken: undefined,
        accept: async () => ({ kind: "answered" }),
        refused: () => undefined,
      },
      readiness: async () => ({ kind: "ready" }),
      leads: NO_LEADS,
      flow: NO_FLOW,
      leadHooks: NO_HOOKS,
      noteRefusal: () => undefined,
      telemetry: { watcher: null, scrape: null },
      now: () => new Date(),
      log: createLogger({ level: "silent", name: "test" }),
      ...ports,
    },
    { role: "web", remix: null, trustProxy, collectLimits: limits, metricsToken: undefined },
  );
  return server;
}

const post = async (app: FastifyInstance, key: string, address: string) => {
  const headers = { "content-type": "text/plain", "x-forwarded-for": address };
  const { statusCode, headers: answered } = await app.inject({
    method: "POST",
    url: `/collect/${key}`,
    payload: "{}",
    headers,
  });
  return { statusCode, retryAfter: answered["retry-after"], origin: answered["access-control-allow-origin"] };
};

test("while the database is too far behind, a webhook and a browser's post are refused with Retry-After", async () => {
  const behind = async (): Promise<never> => {
    throw new Overloaded("2000 entries wait for the database");
  };
  const ports = await aServer({
    webhooks: {
      verify: async () => ({ kind: "verified", webhook: WEBHOOK }),
      acceptOrder: behind,
      acceptAppWebhook: behind,
    },
    collect: behind,
  });

  const webhook = await ports.inject({ method: "POST", url: "/webhooks/orders", payload: "{}" });

  expect([webhook.statusCode, webhook.headers["retry-after"]]).toEqual([503, "5"]);
  expect(await post(ports, "key", "203.0.113.1")).toMatchObject({ statusCode: 503, retryAfter: "5" });
});

test("an address that posts too often is refused, and others are not", async () => {
  const app = await aServer({ limits: { perAddress: 2, perShop: 100 } });
  const from = (address: string) => post(app, "key", address);

  await from("203.0.113.1");
  await from("203.0.113.1");

  expect(await from("203.0.113.1")).toMatchObject({ statusCode: 429, origin: "*" });
  expect((await from("203.0.113.2")).statusCode).toBe(204);
});

test("a visitor with a whole IPv6 network counts as one address", async () => {
  const app = await aServer({ limits: { perAddress: 2, perShop: 100 } });
  for (const host of ["1", "2"]) await post(app, "key", `2001:db8:1:1::${host}`);
  expect((await post(app, "key", "2001:db8:1:1::3")).statusCode).toBe(429);
  expect((await post(app, "key", "2001:db8:1:2::1")).statusCode).toBe(204);
});

test("a port that the proxy adds to the address does not make each connection a new visitor", async () => {
  const app = await aServer({ limits: { perAddress: 2, perShop: 100 } });
  for (const port of [50_001, 50_002]) await post(app, "key", `203.0.113.1:${port}`);
  expect((await post(app, "key", "203.0.113.1:50003")).statusCode).toBe(429);
  for (const port of [50_001, 50_002]) await post(app, "key", `[2001:db8:1:1::1]:${port}`);
  expect((await post(app, "key", "[2001:db8:1:1::2]:50003")).statusCode).toBe(429);
});

test.each([
  ["a number of proxies", 2],
  ["the proxies' addresses", ["127.0.0.1", "10.0.0.0/8"]],
])("the visitor is known behind proxies that write ports, by %s", async (_by, trustProxy) => {
  const visitors: (string | null)[] = [];
  const app = await aServer({
    trustProxy,
    collect: async ({ request }) => {
      visitors.push(request.ip);
      return [{ kind: "accepted" }];
    },
  });

  await post(app, "key", "198.51.100.9, 203.0.113.7:50123, 10.0.0.5:443");
  await post(app, "key", "198.51.100.9, [2a00::1]:50123, ::ffff:a00:5");

  expect(visitors).toEqual(["203.0.113.7", "2a00::1"]);
});

test("a flood at one shop's collector does not affect other shops", async () => {
  const app = await aServer({ limits: { perAddress: 100, perShop: 3 } });
  for (const n of [1, 2, 3]) await post(app, "flooded", `203.0.113.${n}`);

  const turnedAway = await post(app, "flooded", "203.0.113.4");

  expect(turnedAway).toMatchObject({ statusCode: 429, origin: "*" });
  expect(Number(turnedAway.retryAfter)).toBeGreaterThan(0);
  expect((await post(app, "calm", "203.0.113.4")).statusCode).toBe(204);
});

test("every refused post is counted by its reason", async () => {
  const refused: (readonly [string, string])[] = [];
  const answers: Readonly<Record<string, AcceptedBrowserEvent>> = {
    stranger: { kind: "unknown-key" },
    odd: { kind: "bad-post", because: "wrong-field", problem: "url: missing" },
  };
  const app = await aServer({
    collect: async ({ ingestKey }) => [answers[ingestKey] ?? { kind: "accepted" }],
    noteRefusal: (ingestKey, because) => void refused.push([ingestKey, because]),
    limits: { perAddress: 100, perShop: 1 },
  });
  const send = async (key: string, payload: string) => {
    const headers = { "content-type": "text/plain" };
    return (await app.inject({ method: "POST", url: `/collect/${key}`, payload, headers })).statusCode;
  };

  const statuses = [
    await send("good", "{}"),
    await send("good", "{}"),
    await send("stranger", "{}"),
    await send("odd", "{}"),
    await send("long", "x".repeat(65_537)),
  ];

  expect(statuses).toEqual([204, 429, 404, 400, 413]);
  expect(refused).toEqual([
    ["good", "too-many"],
    ["stranger", "unknown-address"],
    ["odd", "wrong-field"],
    ["long", "too-long"],
  ]);
});
