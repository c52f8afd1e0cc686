import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import { type GraphReply, refused } from "./graph-answers.ts";
import { answerGraph, eventsOf, type GraphCall, readGraphCall } from "./graph-endpoint.ts";
import type { MetaSimulatorState } from "./simulator-state.ts";

/** Answers for graph.facebook.com: records every request; a configured fault takes precedence. */
export function answerGraphRequest(
  request: IncomingMessage,
  response: ServerResponse,
  call: { url: URL; body: string; state: MetaSimulatorState },
): void {
  const { state } = call;
  const read = readGraphCall(request, call.url, call.body);
  if (read === null) {
    reply(response, refused({ status: 400, code: 2500, message: `Unknown path components: ${call.url.pathname}` }));
    return;
  }
  const fault = state.faults.take(read.metaPixelId);
  if (fault?.kind === "timeout" || fault?.kind === "connection-reset") {
    list(state, read, { fault, answer: null });
    // A request that times out stays open until its sender or the simulator ends it.
    if (fault.kind === "connection-reset") response.destroy();
    return;
  }
  if (fault?.kind === "html") {
    list(state, read, { fault, answer: { status: fault.status ?? 502, headers: {}, body: null } });
    response
      .writeHead(fault.status ?? 502, { "content-type": "text/html" })
      .end("<html><body>Sorry, something went wrong.</body></html>");
    return;
  }
  const answer = answerGraph(read, fault, state);
  list(state, read, { fault, answer: fault?.kind === "lost-answer" ? null : answer });
  if (fault?.kind === "lost-answer") response.destroy();
  else reply(response, answer);
}

function reply(response: ServerResponse, { status, headers, body }: GraphReply): void {
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": "v27.0",
  });
  response.end(JSON.stringify(body));
}

function list(
  state: MetaSimulatorState,
  call: GraphCall,
  outcome: { fault: Fault | null; answer: GraphReply | null },
): void {
  const { fault, answer } = outcome;
  state.requests.push({
    at: state.now().toISOString(),
    address: call.address,
    metaPixelId: call.metaPixelId,
    events: eventsOf(call).length,
    status: answer?.status ?? null,
    ...errorCodes(answer?.body),
    fault: fault?.kind ?? null,
  });
}

function errorCodes(body: unknown): { code: number | null; subcode: number | null } {
  // Only bodies made by graph-answers.ts come here.
  const { error } = (body ?? {}) as { error?: { code: number; error_subcode?: number } };
  return { code: error?.code ?? null, subcode: error?.error_subcode ?? null };
}
