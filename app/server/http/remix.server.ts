import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, HTTPMethods } from "fastify";

export type RemixApp = {
  readonly respond: (request: Request) => Promise<Response>;
  /** The folder of the built client files; null where the development server serves them. */
  readonly clientFolder: string | null;
  /** What the development server puts in front of the pages. */
  readonly prepare?: (server: FastifyInstance) => Promise<void>;
};

const ONE_HOUR_MS = 60 * 60 * 1000;
const ONE_YEAR_MS = 365 * 24 * ONE_HOUR_MS;

/** Far above any form of the admin. */
const LARGEST_FORM_BYTES = 1024 * 1024;

const PAGE_METHODS: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const SECURITY_HEADERS = {
  "strict-transport-security": `max-age=${ONE_YEAR_MS / 1000}`,
  "x-content-type-options": "nosniff",
  // An embedded page's address carries the shop's session.
  "referrer-policy": "same-origin",
  // No other site's page may load an answer as a script, a picture or a style.
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Everything that is no hot route: the built client files, then Remix. */
export const remixRoutes: FastifyPluginAsync<{ remix: RemixApp }> = async (server, { remix }) => {
  server.addHook("onRequest", async (_request, reply) => void reply.headers(SECURITY_HEADERS));
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
  // Remix parses the body itself. It sets no limit, and would hold whatever anybody posts to the login form.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_FORM_BYTES }, (_request, body, done) => {
    done(null, body);
  });
  server.route({
    method: PAGE_METHODS,
    url: "/*",
    compress: {},
    handler: async (request, reply) => {
      const page = webRequest(request);
      if (page === null) {
        return reply.code(400).send({ error: "The request names no address that a page could have." });
      }
      if (isOfAnotherOrigin(page)) return reply.code(403).send({ error: "This form was sent from another site." });
      return reply.send(asData(await remix.respond(page)));
    },
  });
};

/** Null where the host or the path makes no URL. */
function webRequest(request: FastifyRequest): Request | null {
  const { method } = request;
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (!URL.canParse(url) || HAS_NUL.test(request.url)) return null;
  const headers = webHeaders(request);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: bodyOf(request) });
}

const HAS_NUL = /%00|\0/;

const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Whether a page of another site sent the request, or one without an origin, such as a sandboxed frame. Remix compares
 * the same two headers (2.17, throwIfPotentialCSRFAttack), but answers with an error of its own: 500, and a line in the log.
 */
function isOfAnotherOrigin({ method, headers }: Request): boolean {
  const origin = headers.get("origin");
  if (origin === null || !CHANGING.has(method)) return false;
  const [forwarded = ""] = (headers.get("x-forwarded-host") ?? "").split(",");
  const host = forwarded.trim() || headers.get("host");
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * Remix sends what a page's loaders answer as `text/x-script`, for the sake of one host's compression (2.17). It is no
 * script: it is text that Remix's own code reads, whatever its type.
 */
function asData(answer: Response): Response {
  if (answer.headers.get("content-type")?.startsWith("text/x-script")) {
    answer.headers.set("content-type", "text/plain; charset=utf-8");
  }
  return answer;
}

function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headers)) {
    for (const value of [values].flat()) if (value !== undefined) headers.append(name, value);
  }
  return headers;
}

const bodyOf = ({ body }: FastifyRequest): Uint8Array<ArrayBuffer> | null =>
  Buffer.isBuffer(body) && body.length > 0 ? new Uint8Array(body) : null;
