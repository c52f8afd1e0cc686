import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Readiness } from "../readiness.server.ts";

/**
 * `/healthz`: the process answers. It checks nothing else, because otherwise a database outage would restart every
 * process. `/readyz`: database, migrations and queue are ready too, and accept writes; 503 with Retry-After while they
 * are not.
 */
export const healthRoutes: FastifyPluginAsync<{ readiness: () => Promise<Readiness> }> = async (
  server,
  { readiness },
) => {
  server.addHook("onRequest", keptNowhere);
  server.get("/healthz", async () => ({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    const current = await readiness();
    if (current.kind === "ready") return { status: "ok" };
    return reply.code(503).header("retry-after", "5").send({ status: current.status, because: current.because });
  });
};

/** A cache's copy would hide an outage, and figures are for their reader alone. */
export async function keptNowhere(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header("cache-control", "no-store");
}
