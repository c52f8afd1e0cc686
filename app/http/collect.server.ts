import rateLimit from "@fastify/rate-limit";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { AcceptedBrowserEvent } from "../journey/accept-browser-event.ts";
import type { Log } from "../logger.server.ts";
import type { BrowserRequest } from "../normalize/event-from-collector.ts";

type CollectOptions = {
  readonly collect: (posted: {
    ingestKey: string;
    text: string;
    request: BrowserRequest;
  }) => Promise<AcceptedBrowserEvent>;
  readonly now: () => Date;
  readonly log: Log;
  readonly limits: CollectLimits;
};

/** Posts that this process takes each minute; beyond them it answers 429 with Retry-After. */
export type CollectLimits = { readonly perAddress: number; readonly perShop: number };

// One event is well under 4 kB; the strict web pixel posts one at a time.
const BODY_LIMIT_BYTES = 16 * 1024;
const KEY_LENGTH = 100;
// A visitor with IPv6 has a whole network of addresses.
const IPV6_SUBNET = 64;

/**
 * `POST /collect/{ingestKey}`: one browser event as JSON in a `text/plain` body, which needs no preflight. Answers 204,
 * to any origin and without credentials: a worker's origin may be the shop or `null`, and the answer says nothing.
 */
export const collectRoutes: FastifyPluginAsync<CollectOptions> = async (server, { collect, now, log, limits }) => {
  await server.register(rateLimit, { max: limits.perAddress, timeWindow: "1 minute", ipv6Subnet: IPV6_SUBNET });
  const countForShop = server.createRateLimit({
    max: limits.perShop,
    timeWindow: "1 minute",
    // The address as it was asked for, known or not: a stranger's guesses count for themselves.
    keyGenerator: (request) => (request.url.split("?", 1)[0] ?? "").slice(0, KEY_LENGTH),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });
  server.addHook("onRequest", async (_request, reply) => {
    void reply.header("access-control-allow-origin", "*");
  });
  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: error.message });
    }
    log.error("collect.unavailable", { error });
    return reply.code(503).header("retry-after", "5").send({ error: "not stored" });
  });

  // A flood at one shop's address costs that shop's posts, and nobody else's.
  const withinShopLimit = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const count = await countForShop(request);
    if (count.isAllowed || !count.isExceeded) return;
    await reply
      .code(429)
      .header("retry-after", String(count.ttlInSeconds))
      .send({ error: "too many posts for this shop" });
  };

  server.post<{ Params: { ingestKey: string } }>(
    "/collect/:ingestKey",
    { onRequest: withinShopLimit },
    async (request, reply) => {
      const accepted = await collect({
        ingestKey: request.params.ingestKey,
        text: typeof request.body === "string" ? request.body : "",
        request: { ip: request.ip, userAgent: request.headers["user-agent"] ?? null, receivedAt: now() },
      });
      switch (accepted.kind) {
        case "accepted":
          return reply.code(204).send();
        case "unknown-key":
          return reply.code(404).send({ error: "no shop has this collector address" });
        case "bad-post":
          log.warn("collect.refused", { problem: accepted.problem });
          return reply.code(400).send({ error: accepted.problem });
      }
    },
  );
};
