import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import type { MetaSimulatorState } from "./simulator-state.ts";

type Route = (state: MetaSimulatorState, body: string) => unknown;

/**
 * The simulator's own addresses, so that another process can set it up and read what it received:
 * GET /simulator/events, /simulator/requests, /simulator/malformed; POST /simulator/datasets {metaPixelId, token},
 * /simulator/faults {next?: Fault[], set?: Fault | null}, /simulator/block-pixel {metaPixelId}, /simulator/reset.
 */
const ROUTES: Readonly<Record<string, Route>> = {
  "GET /simulator/events": (state) => state.ledger.received(),
  "GET /simulator/requests": (state) => state.requests,
  "GET /simulator/malformed": (state) => state.malformed,
  "POST /simulator/datasets": (state, body) => {
    // The simulator's own tools are the only callers.
    const { metaPixelId, token } = JSON.parse(body) as { metaPixelId: string; token: string };
    state.datasets.set(metaPixelId, token);
    return { datasets: [...state.datasets.keys()] };
  },
  "POST /simulator/faults": (state, body) => {
    const { next, set } = JSON.parse(body) as { next?: Fault[]; set?: Fault | null };
    if (next) state.faults.next(...next);
    if (set !== undefined) state.faults.set(set);
    return {};
  },
  "POST /simulator/block-pixel": (state, body) => {
    state.blockedPixels.add((JSON.parse(body) as { metaPixelId: string }).metaPixelId);
    return {};
  },
  "POST /simulator/reset": (state) => {
    state.reset();
    return {};
  },
};

/** Answers one of the addresses above; 404 names them. */
export function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  call: { path: string; body: string; state: MetaSimulatorState },
): void {
  const route = ROUTES[`${request.method ?? "GET"} ${call.path}`];
  const answer = route ? route(call.state, call.body) : { error: "no such address", known: Object.keys(ROUTES) };
  response.writeHead(route ? 200 : 404, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(answer, null, 2));
}
