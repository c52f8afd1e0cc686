import { Readable } from "node:stream";
import fastifyStatic from "@fastify/static";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

export type RemixApp = {
  readonly respond: (request: Request) => Promise<Response>;
  /** The folder of the built client files; null where the development server serves them. */
  readonly clientFolder: string | null;
};

const ONE_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

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
  }
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
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  return new Request(`${request.protocol}://${request.host}${request.url}`, {
    method: request.method,
    headers,
    // `duplex` is required for streamed bodies and missing from TypeScript's DOM types.
    ...(hasBody && { body: Readable.toWeb(request.raw), duplex: "half" }),
  } as RequestInit);
}
