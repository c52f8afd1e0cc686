import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import fastifyCompress from "@fastify/compress";
import type { LoaderFunctionArgs } from "@remix-run/node";
import Fastify from "fastify";
import { afterAll, expect, test, vi } from "vitest";
import { loader } from "../../app/routes/app.events-export.tsx";
import { remixRoutes } from "../../app/server/http/remix.server.ts";
import { PATIENCE_MS } from "../support/patience.ts";

let isReading = false;
async function* endlessLines(): AsyncGenerator<string> {
  isReading = true;
  try {
    for (let n = 0; ; n += 1) yield `\r\n${n},${"x".repeat(1_000)}`;
  } finally {
    isReading = false;
  }
}

const signedIn = { shop: "stops.myshopify.com", admin: { exportEvents: async () => endlessLines() } };
const server = Fastify();
await server.register(fastifyCompress, { global: false });
await server.register(remixRoutes, {
  remix: {
    clientFolder: null,
    // Only what the loader uses.
    respond: (request) =>
      loader({ request, params: {}, context: { signIn: async () => signedIn } } as unknown as LoaderFunctionArgs),
  },
});
const address = await server.listen({ port: 0, host: "127.0.0.1" });
afterAll(() => server.close());

test.each(["gzip", "identity"])(
  "a browser that stops a download (%s) stops the reading, and nothing else",
  async (encoding) => {
    const failures: unknown[] = [];
    const note = (error: unknown): void => void failures.push(error);
    process.on("uncaughtException", note);
    try {
      const request = get(`${address}/app/events-export`, { headers: { "accept-encoding": encoding } });
      const answer = await new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
      expect(answer).toMatchObject({ statusCode: 200, headers: { "content-type": "text/csv; charset=utf-8" } });
      await once(answer, "data");
      expect(isReading).toBe(true);

      request.destroy();

      await vi.waitFor(() => expect(isReading).toBe(false), PATIENCE_MS);
      await new Promise((resolve) => setImmediate(resolve));
      expect(failures).toEqual([]);
    } finally {
      process.off("uncaughtException", note);
    }
  },
);
