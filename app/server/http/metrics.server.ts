import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { keptNowhere } from "./health.server.ts";
import type { Watcher } from "../../telemetry/types.ts";

type MetricsOptions = {
  readonly scrape: (() => Promise<string>) | null;
  readonly token: string | undefined;
};

const TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

/** `/metrics` for Prometheus, with `Authorization: Bearer <token>`. Without a configured token it answers 404. */
export const metricsRoutes: FastifyPluginAsync<MetricsOptions> = async (server, { scrape, token }) => {
  server.addHook("onRequest", keptNowhere);
  if (scrape === null || token === undefined) {
    server.get("/metrics", async (_request, reply) =>
      reply.code(404).send({ error: "TANDEM_METRICS_TOKEN is not set" }),
    );
    return;
  }
  const expected = digestOf(`Bearer ${token}`);
  server.get("/metrics", async (request, reply) => {
    // Digests have one length, so the comparison's time does not reveal the token's length.
    if (!timingSafeEqual(digestOf(request.headers.authorization ?? ""), expected)) {
      return reply.code(401).header("www-authenticate", "Bearer").send({ error: "the token is wrong or missing" });
    }
    return reply.header("content-type", TEXT_FORMAT).send(await scrape());
  });
};

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Reports each response's duration by the route's pattern: URLs would give a label too many values. */
export function watchAnswers(server: FastifyInstance, answered: Watcher["answered"]): void {
  server.addHook("onResponse", async (request, reply) => {
    const { url: route = "none" } = request.routeOptions;
    answered({ route, method: request.method, status: reply.statusCode, ms: reply.elapsedTime });
  });
}
