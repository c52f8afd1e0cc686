import { Readable } from "node:stream";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";

export type RemixApp = {
  readonly respond: (request: Request) => Promise<Response>;
  /** The folder of the built client files; null where the development server serves them. */
  readonly clientFolder: string | null;
  /** What the development server puts in front of the pages. */
  readonly prepare?: (server: FastifyInstance) => Promise<void>;
};

const ONE_HOUR_MS = 60 * 60 * 1000;
const ONE_YEAR_MS = 365 * 24 * ONE_HOUR_MS;

/** Everything that is no hot route: the built client files, then Remix. */
export const remixRoutes: FastifyPluginAsync<{ remix: RemixApp }> = async (server, { remix }) => {
  if (remix.clientFolder !== null) {
    // Vite puts a hash into the name of everything below /assets, so those may be kept for good.
    await server.register(fastifyStatic, {
      root: `${remix.clientFolder}/assets`,
      prefix: "/assets/",
      maxAge: ONE_YEAR_MS,
      immutable: true,
      decorateReply: false,
    });
    // What public/ holds keeps its name when it changes. One route for each file, so that every other path is Remix's.
    await server.register(fastifyStatic, {
      root: remix.clientFolder,
      wildcard: false,
      globIgnore: ["assets/**"],
      maxAge: ONE_HOUR_MS,
      decorateReply: false,
    });
  }
  await remix.prepare?.(server);
  // Remix reads the body itself, as a stream.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, _payload, done) => {
    done(null);
  });
  server.all("/*", { compress: {} }, async (request, reply) => reply.send(await remix.respond(webRequest(request))));
};

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  const { method } = request;
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  // Node's own stream type, and `duplex`, which streamed bodies need, are missing from the DOM's types.
  const body = Readable.toWeb(request.raw) as ReadableStream;
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}
