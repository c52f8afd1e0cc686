import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from "fastify";
import type { RefusedBecause } from "../../ledger/collector-refusal-types.ts";
import type { Env } from "../../env/env.server.ts";
import type { AcceptedBrowserEvent, BrowserPost } from "../../pipeline/accept-browser-event.ts";
import { plainAddress } from "../../normalize/ip-address.ts";
import { collectRoutes } from "./collect.server.ts";
import { type FlowPorts, flowRoutes } from "./flow.server.ts";
import { healthRoutes } from "./health.server.ts";
import { type LeadHooksPorts, leadHookRoutes } from "./lead-hooks.server.ts";
import { type LeadsApiPorts, leadsApiRoutes } from "./leads-api.server.ts";
import { metricsRoutes, watchAnswers } from "./metrics.server.ts";
import { type QueuedWebhookPorts, queuedWebhookRoutes } from "./queued-webhooks.server.ts";
import type { RemixApp } from "./remix.server.ts";
import { type WebhookPorts, webhookRoutes } from "./webhooks.server.ts";
import type { Telemetry } from "../open-telemetry.server.ts";
import type { Log } from "../../logging/logger.server.ts";
import type { Readiness } from "../readiness.server.ts";

export type ServerPorts = {
  readonly webhooks: WebhookPorts;
  readonly queued: QueuedWebhookPorts;
  readonly collect: (posted: BrowserPost) => Promise<readonly AcceptedBrowserEvent[]>;
  readonly leads: LeadsApiPorts;
  readonly leadHooks: LeadHooksPorts;
  readonly flow: FlowPorts;
  readonly noteRefusal: (ingestKey: string, because: RefusedBecause) => void;
  readonly readiness: () => Promise<Readiness>;
  readonly telemetry: Pick<Telemetry, "watcher" | "scrape">;
  readonly now: () => Date;
  readonly log: Log;
};

const NOT_OF_A_WORKER =
  "This process is a worker (TANDEM_ROLE=worker) and serves only health checks and metrics; send this to a web process.";

// A request whose headers or body never end holds a connection and memory until it times out.
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const CHECK_CONNECTIONS_EVERY_MS = 5_000;
const MOST_CONNECTIONS = 10_000;

/**
 * The outer HTTP server. Fastify handles the hot routes; Remix handles the rest. A worker's server accepts nothing from
 * outside, so its port needs no protection. `trustProxy` decides whose X-Forwarded-For is trusted.
 */
export async function createServer(
  ports: ServerPorts,
  options: { readonly remix: RemixApp | null } & Pick<Env, "role" | "trustProxy" | "collectLimits" | "metricsToken">,
): Promise<FastifyInstance> {
  const server = Fastify({
    trustProxy: trusted(options.trustProxy) ?? false,
    forceCloseConnections: "idle",
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_CONNECTIONS_EVERY_MS },
  });
  server.server.maxConnections = MOST_CONNECTIONS;
  if (options.trustProxy !== false) server.addHook("onRequest", readForwardedAddresses);
  server.addHook("onRequest", async (_request, reply) => void reply.header("x-content-type-options", "nosniff"));
  const { watcher, scrape } = ports.telemetry;
  if (watcher) watchAnswers(server, watcher.answered);
  await server.register(healthRoutes, { readiness: ports.readiness });
  await server.register(metricsRoutes, { scrape, token: options.metricsToken });
  if (options.role === "worker") {
    server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: NOT_OF_A_WORKER }));
    return server;
  }
  await server.register(webhookRoutes, { ports: ports.webhooks, log: ports.log });
  await server.register(queuedWebhookRoutes, { ports: ports.queued, log: ports.log });
  await server.register(collectRoutes, {
    collect: ports.collect,
    noteRefusal: ports.noteRefusal,
    now: ports.now,
    log: ports.log,
    limits: options.collectLimits,
  });
  await server.register(leadsApiRoutes, { ports: ports.leads, now: ports.now, log: ports.log });
  await server.register(leadHookRoutes, { ports: ports.leadHooks, now: ports.now, log: ports.log });
  await server.register(flowRoutes, { ports: ports.flow, now: ports.now, log: ports.log });
  if (options.remix) {
    // Imported only here, so that a worker does not load them.
    const { default: compress } = await import("@fastify/compress");
    const { remixRoutes } = await import("./remix.server.ts");
    await server.register(compress, { global: false });
    await server.register(remixRoutes, { remix: options.remix });
  }
  return server;
}

/**
 * Rewrites X-Forwarded-For to plain addresses: with ports, every connection would look like another visitor, and a
 * proxy that TRUST_PROXY lists by address would not match. Fastify reads the header on each access of `request.ip`.
 */
async function readForwardedAddresses({ raw }: FastifyRequest): Promise<void> {
  const addresses = raw.headers["x-forwarded-for"];
  if (typeof addresses !== "string") return;
  raw.headers["x-forwarded-for"] = addresses.split(",").map(plainAddress).join(", ");
}

/** The setting in Fastify's form; a number of proxies counts from our side. */
function trusted(proxies: Env["trustProxy"]): FastifyServerOptions["trustProxy"] {
  if (typeof proxies === "number") return (_address, hop) => hop < proxies;
  return proxies === false ? false : [...proxies];
}
