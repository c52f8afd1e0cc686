import { constants } from "node:zlib";
import fastifyStatic from "@fastify/static";
import { CLIENT_ADDRESS } from "../client-address.ts";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, HTTPMethods } from "fastify";

export type RemixApp = {
  readonly respond: (request: Request) => Promise<Response>;
  /** The folder of the built client files; null if the development server serves them. */
  readonly clientFolder: string | null;
  /** Middleware that the development server puts before the pages. */
  readonly prepare?: (server: FastifyInstance) => Promise<void>;
};

const ONE_HOUR_MS = 60 * 60 * 1000;
const ONE_YEAR_MS = 365 * 24 * ONE_HOUR_MS;

/** Far above any form in the admin. */
const LARGEST_FORM_BYTES = 1024 * 1024;

const PAGE_METHODS: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const SECURITY_HEADERS = {
  "strict-transport-security": `max-age=${ONE_YEAR_MS / 1000}`,
  "x-content-type-options": "nosniff",
  // An embedded page's URL contains the shop's session token.
  "referrer-policy": "same-origin",
  // Other sites must not load a response as a script, an image or a style.
  "cross-origin-resource-policy": "same-origin",
  // For responses that are not pages; a page's own policy replaces it.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
} as const;

/**
 * What is written is sent, or else a file's first line would wait until there is enough of it to compress. Pages and files
 * come in a few large parts.
 */
const EACH_PART_AT_ONCE = {
  brotliOptions: { flush: constants.BROTLI_OPERATION_FLUSH },
  zlibOptions: { flush: constants.Z_SYNC_FLUSH },
} as const;

/** Everything except the hot routes: the built client files, then Remix. */
export const remixRoutes: FastifyPluginAsync<{ remix: RemixApp }> = async (server, { remix }) => {
  server.addHook("onRequest", async (_request, reply) => void reply.headers(SECURITY_HEADERS));
  if (remix.clientFolder !== null) {
    // Vite puts a hash into the name of every file below /assets, so browsers may cache them for good.
    await server.register(fastifyStatic, {
      root: `${remix.clientFolder}/assets`,
      prefix: "/assets/",
      maxAge: ONE_YEAR_MS,
      immutable: true,
      decorateReply: false,
    });
    // Files in public/ keep their name when they change. One route per file, so that every other path goes to Remix.
    await server.register(fastifyStatic, {
      root: remix.clientFolder,
      wildcard: false,
      globIgnore: ["assets/**"],
      maxAge: ONE_HOUR_MS,
      decorateReply: false,
    });
  }
  await remix.prepare?.(server);
  // Remix parses the body itself, without a limit, and would buffer any post to the login form.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_FORM_BYTES }, (_request, body, done) => {
    done(null, body);
  });
  server.route({
    method: PAGE_METHODS,
    url: "/*",
    compress: EACH_PART_AT_ONCE,
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

/** Null if the host or the path gives no valid URL. */
function webRequest(request: FastifyRequest): Request | null {
  const { method } = request;
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (!URL.canParse(url) || HAS_NUL.test(request.url)) return null;
  const headers = webHeaders(request);
  // Whatever the browser says of itself there: the server knows by TRUST_PROXY whom to believe.
  headers.set(CLIENT_ADDRESS, request.ip);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: bodyOf(request) });
}

const HAS_NUL = /%00|\0/;

const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Whether the request came from another site's page, or has an opaque origin such as a sandboxed frame's. Remix
 * compares the same two headers (2.17, throwIfPotentialCSRFAttack), but answers with status 500 and logs an error.
 */
function isOfAnotherOrigin({ method, headers }: Request): boolean {
  const origin = headers.get("origin");
  if (origin === null || !CHANGING.has(method)) return false;
  const [forwarded = ""] = (headers.get("x-forwarded-host") ?? "").split(",");
  const host = forwarded.trim() || headers.get("host");
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * Remix sends loader data as `text/x-script`, to have one host compress it (2.17). It is not a script: Remix's own code
 * reads it as text, whatever its type.
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
