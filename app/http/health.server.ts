import type { FastifyPluginAsync } from "fastify";

/** `/healthz`: the process answers. `/readyz`: the database does too; 503 with Retry-After while it does not. */
export const healthRoutes: FastifyPluginAsync<{ ping: () => Promise<void> }> = async (server, { ping }) => {
  server.get("/healthz", async () => ({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    try {
      await ping();
      return { status: "ok" };
    } catch {
      return reply.code(503).header("retry-after", "5").send({ status: "database does not answer" });
    }
  });
};
