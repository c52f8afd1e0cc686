import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { Watcher } from "../../telemetry/types.ts";

type MetricsOptions = {
  readonly scrape: (() => Promise<string>) | null;
  readonly token: string | undefined;
};

const TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

/** `/metrics` for Prometheus, with `Authorization: Bearer <token>`. Without a token in the environment it is a 404. */
export const metricsRoutes: FastifyPluginAsync<MetricsOptions> = async (server, { scrape, token }) => {
  if (scrape === null || token === undefined) {
    server.get("/metrics", async (_request, reply) =>
      reply.code(404).send({ error: "TANDEM_METRICS_TOKEN is not set" }),
    );
    return;
  }
  const expected = digestOf(`Bearer ${token}`);
  server.get("/metrics", async (request, reply) => {
    // Digests have one length, so that the comparison tells nothing, not even how long the token is.
    if (!timingSafeEqual(digestOf(request.headers.authorization ?? ""), expected)) {
      return reply.code(401).header("www-authenticate", "Bearer").send({ error: "the token is wrong or missing" });
    }
    return reply.header("content-type", TEXT_FORMAT).send(await scrape());
  });
};

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Tells how long each answer took, by the route's pattern: an address would be a label without end. */
export function watchAnswers(server: FastifyInstance, answered: Watcher["answered"]): void {
  server.addHook("onResponse", async (request, reply) => {
    const { url: route = "none" } = request.routeOptions;
    answered({ route, method: request.method, status: reply.statusCode, ms: reply.elapsedTime });
  });
}
