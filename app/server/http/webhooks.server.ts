import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { VerifiedWebhook } from "../../shopify/types.ts";
import type { AcceptedAppWebhook } from "../../pipeline/accept-app-webhook.ts";
import type { AcceptedOrder } from "../../pipeline/accept-order.ts";
import type { Log } from "../../logging/logger.server.ts";

export type Verification =
  | { readonly kind: "verified"; readonly webhook: VerifiedWebhook }
  | { readonly kind: "bad-hmac" }
  | { readonly kind: "not-this-webhook" }
  | { readonly kind: "missing-headers"; readonly missing: readonly string[] };

export type WebhookPorts = {
  readonly verify: (headers: FastifyRequest["headers"], rawBody: Buffer) => Promise<Verification>;
  readonly acceptOrder: (webhook: VerifiedWebhook) => Promise<AcceptedOrder>;
  readonly acceptAppWebhook: (webhook: VerifiedWebhook) => Promise<AcceptedAppWebhook>;
};

// Far above Shopify's largest order payloads.
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

// Nearly every outcome is final: a retry would bring the same bytes.
export const STATUS = {
  added: 200,
  advanced: 200,
  "already-there": 200,
  "duplicate-webhook": 200,
  quarantined: 200,
  erased: 200,
  "not-installed": 200,
  // A retry would still come from a shop without a pixel.
  "unknown-shop": 200,
  "not-this-webhook": 401,
  // On a retry the shop may be installed again: its first token may be about to arrive.
  "just-uninstalled": 503,
  answered: 200,
} satisfies Record<AcceptedOrder["kind"] | AcceptedAppWebhook["kind"], number>;

export type AcceptWebhook = (webhook: VerifiedWebhook) => Promise<AcceptedOrder | AcceptedAppWebhook>;

/**
 * `/webhooks/orders`, `/webhooks/app` and `/webhooks/compliance`: HMAC over the raw bytes, then one commit, then 200.
 */
export const webhookRoutes: FastifyPluginAsync<{ ports: WebhookPorts; log: Log }> = async (server, { ports, log }) => {
  server.removeAllContentTypeParsers();
  // Listed besides "*", because for "*" alone Fastify parses the header on every request.
  const types = ["application/json", "*"];
  server.addContentTypeParser(types, { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });

  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: error.message });
    }
    log.error("intake.unavailable", { error });
    return comeBack(reply);
  });

  const receive = (accept: AcceptWebhook) => async (request: FastifyRequest, reply: FastifyReply) => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verification = await ports.verify(request.headers, rawBody);
    if (verification.kind === "bad-hmac") {
      return reply.code(401).send({ error: "the HMAC does not match the body and this app's secret" });
    }
    if (verification.kind === "not-this-webhook") return notThisWebhook(reply);
    if (verification.kind === "missing-headers") {
      return reply.code(400).send({ error: `missing or unreadable: ${verification.missing.join(", ")}` });
    }
    const { webhook } = verification;
    const accepted = await accept(webhook);
    log.info("intake.accepted", {
      shop: webhook.shop,
      topic: webhook.topic,
      webhookId: webhook.webhookId,
      outcome: accepted.kind,
    });
    const status = STATUS[accepted.kind];
    if (status === 401) return notThisWebhook(reply);
    return status === 503 ? comeBack(reply) : reply.code(status).send();
  };

  server.post("/webhooks/orders", receive(ports.acceptOrder));
  server.post("/webhooks/app", receive(ports.acceptAppWebhook));
  server.post("/webhooks/compliance", receive(ports.acceptAppWebhook));
};

const notThisWebhook = (reply: FastifyReply) =>
  reply.code(401).send({ error: "the body is not the webhook that the headers name" });

const comeBack = (reply: FastifyReply) =>
  reply.code(503).header("retry-after", "5").send({ error: "not stored, please send it again" });
