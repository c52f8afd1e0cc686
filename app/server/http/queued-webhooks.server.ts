import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { TokenCheck } from "../../shopify/webhooks/google-token.server.ts";
import { fromEventbridge, fromPubsub, type Unwrapped } from "../../shopify/webhooks/queued-envelope.ts";
import type { Log } from "../../logging/logger.server.ts";
import { type AcceptWebhook, STATUS } from "./webhooks.server.ts";

export type QueuedWebhookPorts = {
  /** Null: Google Pub/Sub is off. */
  readonly checkGoogleToken: ((authorization: string | undefined) => Promise<TokenCheck>) | null;
  /** The `x-api-key` that an API destination must send; undefined: Amazon EventBridge is off. */
  readonly eventbridgeToken: string | undefined;
  readonly accept: AcceptWebhook;
  /** Called for a refused request, with the reason. */
  readonly refused: (reason: "pubsub-token" | "eventbridge-token" | "bad-envelope") => void;
};

type Options = { readonly ports: QueuedWebhookPorts; readonly log: Log };
type Via = "pubsub" | "eventbridge";

// Base64 of the largest payload that the webhook route accepts, plus the envelope.
const BODY_LIMIT_BYTES = 7 * 1024 * 1024;

/**
 * `/webhooks/pubsub` and `/webhooks/eventbridge`: the same webhooks, delivered by a queue to which Shopify wrote them.
 * Only the routes that the environment configures are registered. Shopify does not sign these requests, so each queue
 * authenticates in its own way. An unreadable envelope gets a 400, and the queue moves it to its dead letters.
 */
export const queuedWebhookRoutes: FastifyPluginAsync<Options> = async (server, { ports, log }) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: error.message });
    }
    log.error("intake.unavailable", { error });
    return comeBack(reply, "not stored, please send it again");
  });

  const accept = async (via: Via, unwrapped: Unwrapped, reply: FastifyReply) => {
    if (unwrapped.kind === "bad-envelope") {
      ports.refused("bad-envelope");
      log.warn("intake.refused", { via, problem: unwrapped.problem });
      return reply.code(400).send({ error: unwrapped.problem });
    }
    const { webhook } = unwrapped;
    const { kind: outcome } = await ports.accept(webhook);
    const { shop, topic, webhookId } = webhook;
    log.info("intake.accepted", { shop, topic, webhookId, outcome, via });
    if (STATUS[outcome] === 401) return reply.code(400).send({ error: "the order is another shop's" });
    return STATUS[outcome] === 200 ? reply.code(200).send() : comeBack(reply, "not stored, please send it again");
  };

  const { checkGoogleToken, eventbridgeToken } = ports;
  if (checkGoogleToken !== null) {
    server.post("/webhooks/pubsub", async (request, reply) => {
      const check = await checkGoogleToken(request.headers.authorization);
      if (check === "keys-unknown") return comeBack(reply, "Google's keys are not known yet");
      if (check === "valid") return accept("pubsub", fromPubsub(textOf(request)), reply);
      ports.refused("pubsub-token");
      return reply.code(401).send({ error: "this is no token of the push subscription" });
    });
  }
  if (eventbridgeToken !== undefined) {
    const expected = digestOf(eventbridgeToken);
    server.post("/webhooks/eventbridge", async (request, reply) => {
      const key = request.headers["x-api-key"];
      if (timingSafeEqual(digestOf(typeof key === "string" ? key : ""), expected)) {
        return accept("eventbridge", fromEventbridge(textOf(request)), reply);
      }
      ports.refused("eventbridge-token");
      return reply.code(401).send({ error: "x-api-key is wrong or missing" });
    });
  }
};

const textOf = ({ body }: FastifyRequest): string => (typeof body === "string" ? body : "");

// Digests have one length, so the comparison's time reveals nothing about the token.
const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

const comeBack = (reply: FastifyReply, error: string) => reply.code(503).header("retry-after", "5").send({ error });
