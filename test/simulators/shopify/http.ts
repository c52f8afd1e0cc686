import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { bodyOf, hostOf } from "../https-server.ts";

export type SimulatedRequest = {
  readonly method: string;
  readonly host: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly cookies: Readonly<Record<string, string>>;
  readonly body: string;
  readonly remoteAddress: string;
};

export type SimulatedReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
};

export type Answer = (request: SimulatedRequest) => Promise<SimulatedReply> | SimulatedReply;

export const json = (value: unknown, status = 200): SimulatedReply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: JSON.stringify(value),
});

export const html = (body: string, status = 200): SimulatedReply => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  body,
});

export const script = (body: string): SimulatedReply => ({
  status: 200,
  headers: {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-store",
    // Shopify's CDN serves any origin.
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
  },
  body,
});

export const redirect = (location: string, headers: Record<string, string | string[]> = {}): SimulatedReply => ({
  status: 302,
  headers: { location, ...headers },
});

export const notFound = (what: string): SimulatedReply => html(`<!doctype html><title>Not found</title>${what}`, 404);

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON that may stand inside a script element. */
export const inlineJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Form posts and JSON posts alike, as flat text: `attributes[gift]` keeps its name. */
export function fieldsOf(request: SimulatedRequest): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request.body));
}

/** A value as text: numbers and booleans are converted, anything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A JSON object, or null for anything else. */
export function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    // A non-null object that is no list is a record of unknown values.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function cookiesOf(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(/;\s*/).filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), decoded(pair.slice(at + 1))];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function read(request: IncomingMessage): Promise<SimulatedRequest> {
  const host = hostOf(request);
  return {
    method: request.method ?? "GET",
    host,
    url: new URL(request.url ?? "/", `https://${host}`),
    headers: request.headers,
    cookies: cookiesOf(request.headers.cookie),
    body: (await bodyOf(request)).toString("utf8"),
    remoteAddress: request.socket.remoteAddress ?? "127.0.0.1",
  };
}

function write(response: ServerResponse, reply: SimulatedReply): void {
  response.writeHead(reply.status, { ...reply.headers });
  response.end(reply.body);
}

/** A bug in the simulator is answered 500 with its message, so that the failing test shows it. */
export const listenerOf =
  (answer: Answer): RequestListener =>
  (request, response) => {
    read(request)
      .then(answer)
      .then((reply) => write(response, reply))
      .catch((problem: unknown) => {
        const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
        write(response, { status: 500, headers: { "content-type": "text/plain" }, body: `simulator: ${text}` });
      });
  };
