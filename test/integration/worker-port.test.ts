import { afterAll, expect, test } from "vitest";

import { createLogger } from "../../app/logging/logger.server.ts";
import { createServer } from "../../app/server/http/create-server.server.ts";
import { NO_FLOW, NO_HOOKS, NO_LEADS } from "../support/no-leads.ts";

const reached: string[] = [];
const reach = (port: string) => async (): Promise<never> => {
  reached.push(port);
  throw new Error(`a worker reached ${port}`);
};

const server = await createServer(
  {
    webhooks: { verify: reach("verify"), acceptOrder: reach("order"), acceptAppWebhook: reach("app webhook") },
    collect: reach("collector"),
    queued: {
      checkGoogleToken: null,
      eventbridgeToken: undefined,
      accept: reach("queued webhook"),
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
  },
  {
    role: "worker",
    remix: null,
    trustProxy: 1,
    collectLimits: { perAddress: 100, perShop: 100 },
    metricsToken: undefined,
  },
);
afterAll(() => server.close());

test.each(["/healthz", "/readyz"])("a worker answers %s", async (url) => {
  expect((await server.inject({ url })).statusCode).toBe(200);
});

test.each([
  ["POST", "/webhooks/orders"],
  ["POST", "/webhooks/app"],
  ["POST", "/webhooks/compliance"],
  ["POST", "/collect/0123456789abcdefghijklmn"],
  ["GET", "/app"],
] as const)("a worker does not take %s %s, and says who does", async (method, url) => {
  const answer = await server.inject({ method, url, headers: { "content-type": "text/plain" }, ...POSTED[method] });

  expect(answer.statusCode).toBe(404);
  expect(answer.body).toMatch(/TANDEM_ROLE=worker.*web process/);
  expect(reached).toEqual([]);
});

const POSTED = { POST: { payload: "{}" }, GET: {} };
