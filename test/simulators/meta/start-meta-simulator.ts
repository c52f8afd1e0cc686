import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, hostOf, startHttpsServer } from "../https-server.ts";
import type { ReceivedEvent } from "./event-ledger.ts";
import { eventsManagerPage, type GraphRequestLine } from "./events-manager-page.ts";
import type { Faults } from "./faults.ts";
import { answerGraphRequest } from "./graph-listener.ts";
import { signalsConfig } from "./signals-config.ts";
import { answerControl } from "./simulator-control.ts";
import { createSimulatorState, type MetaSimulatorState } from "./simulator-state.ts";
import { type MalformedHit, readHit, TRANSPARENT_GIF } from "./tr-endpoint.ts";

export type MetaSimulator = {
  /** One port for all of Meta's hosts, HTTP and HTTPS. */
  readonly port: number;
  /** For META_GRAPH_URL: `http://127.0.0.1:PORT`. Its root is the Events Manager page. */
  readonly httpUrl: string;
  readonly httpsUrl: string;
  /** Adds a pixel with the one token that may send to it. Calling it again replaces the token. */
  readonly addDataset: (dataset: { metaPixelId: string; token: string }) => void;
  readonly faults: Faults;
  /** What arrived, oldest first, with both legs of an event as one. */
  readonly received: () => ReceivedEvent[];
  /** Every request on Graph, refused ones included, oldest first. */
  readonly requests: () => readonly GraphRequestLine[];
  /** Hits on /tr that named no pixel or no event. */
  readonly malformed: () => readonly MalformedHit[];
  /** Blocks the pixel: its configuration forbids the browser to send. Until `reset`. */
  readonly blockPixel: (metaPixelId: string) => void;
  /** Answers requests for the pixel's configuration with an error. Until `reset`. */
  readonly breakConfig: (metaPixelId: string) => void;
  /** Forgets events, requests and faults; datasets stay. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

/** The hosts to send here: `--host-resolver-rules` of a browser, or a server's own mapping. */
export const META_HOSTS = [
  "graph.facebook.com",
  "www.facebook.com",
  "connect.facebook.net",
  "events-manager.local",
] as const;

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
};

/**
 * A stand-in for Meta on one local port: the Graph API's `/events`, the browser's `/tr`, `fbevents.js` with its
 * configuration, and a page that shows what arrived. Everything is kept in memory.
 */
export async function startMetaSimulator(options: { port?: number; now?: () => Date } = {}): Promise<MetaSimulator> {
  const state = createSimulatorState(options.now ?? (() => new Date()));
  const fbevents = await readFile(new URL("./fbevents.js", import.meta.url));
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, { state, fbevents }).catch(() => {
      // The sender closed the connection early, or sent more than a batch may contain.
      if (!response.headersSent) response.writeHead(413);
      response.end();
    });
  };
  const server = await startHttpsServer({ listener, ...(options.port !== undefined && { port: options.port }) });
  return {
    port: server.port,
    httpUrl: server.httpUrl,
    httpsUrl: server.httpsUrl,
    addDataset: ({ metaPixelId, token }) => void state.datasets.set(metaPixelId, token),
    faults: state.faults,
    received: () => state.ledger.received(),
    requests: () => [...state.requests],
    malformed: () => [...state.malformed],
    blockPixel: (metaPixelId) => void state.blockedPixels.add(metaPixelId),
    breakConfig: (metaPixelId) => void state.brokenPixels.add(metaPixelId),
    reset: state.reset,
    close: server.close,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { state, fbevents }: { state: MetaSimulatorState; fbevents: Buffer },
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://simulator.local");
  const body = (await bodyOf(request)).toString("utf8");
  const exchange: Exchange = { request, response, url, body };
  const site = siteOf(hostOf(request), url.pathname);
  if (url.pathname.startsWith("/simulator/")) answerControl(request, response, { path: url.pathname, body, state });
  else if (site === "graph") answerGraphRequest(request, response, { url, body, state });
  else if (site === "tr") answerTr({ ...exchange, body: await formOf(exchange) }, state);
  else if (site === "connect") answerConnect(exchange, state, fbevents);
  else answerPage(exchange, state);
}

/** By host, and by path where the simulator is called under its plain address. */
function siteOf(host: string, path: string): "graph" | "tr" | "connect" | "page" {
  if (host === "graph.facebook.com") return "graph";
  if (host === "www.facebook.com") return "tr";
  if (host === "connect.facebook.net") return "connect";
  if (/^\/v\d+\.\d+\//.test(path)) return "graph";
  if (/^\/tr\/?$/.test(path)) return "tr";
  return /^\/(en_US|signals)\//.test(path) ? "connect" : "page";
}

/**
 * The form of a hit, urlencoded. Meta's script posts what is too long for an address by beacon in browsers other than
 * Chrome, as `FormData`, which is multipart (`rqm=SB`, seen in version 2.9.324).
 */
async function formOf({ request, body }: Exchange): Promise<string> {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return body;
  const fields = await new Response(body, { headers: { "content-type": type } }).formData();
  return new URLSearchParams(
    [...fields].map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  ).toString();
}

/** No CORS headers: it is unknown whether the real one sends any, so no script may rely on reading the answer. */
function answerTr({ request, response, url, body }: Exchange, state: MetaSimulatorState): void {
  if (!/^\/tr\/?$/.test(url.pathname) || (request.method !== "GET" && request.method !== "POST")) {
    response.writeHead(/^\/tr\/?$/.test(url.pathname) ? 405 : 404).end();
    return;
  }
  const hit = readHit({
    method: request.method,
    query: url.search,
    body,
    userAgent: request.headers["user-agent"] ?? null,
    receivedAt: state.now().toISOString(),
  });
  if ("problem" in hit) state.malformed.push(hit);
  else state.ledger.addBrowser(hit);
  const headers = {
    "content-type": "image/gif",
    "content-length": TRANSPARENT_GIF.length,
    "cache-control": "no-store",
  };
  response.writeHead(200, headers).end(TRANSPARENT_GIF);
}

function answerConnect({ response, url }: Exchange, state: MetaSimulatorState, fbevents: Buffer): void {
  const { status, script } = connectScript(url.pathname, state, fbevents);
  response.writeHead(status, {
    "content-type": "application/x-javascript; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(script);
}

function connectScript(
  path: string,
  state: MetaSimulatorState,
  fbevents: Buffer,
): { readonly status: number; readonly script: string | Buffer } {
  if (path === "/en_US/fbevents.js") return { status: 200, script: fbevents };
  const metaPixelId = /^\/signals\/config\/(\d+)$/.exec(path)?.[1];
  if (metaPixelId === undefined) return { status: 404, script: "" };
  if (state.brokenPixels.has(metaPixelId)) return { status: 500, script: "" };
  return { status: 200, script: signalsConfig(metaPixelId, state.blockedPixels.has(metaPixelId)) };
}

function answerPage({ response, url }: Exchange, state: MetaSimulatorState): void {
  const isPage = url.pathname === "/";
  response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  const view = {
    datasets: [...state.datasets.keys()],
    events: state.ledger.received(),
    requests: state.requests,
    malformed: state.malformed,
  };
  response.end(isPage ? eventsManagerPage(view) : "");
}
