import { GraphqlQueryError, HttpResponseError, type Session, type Shopify } from "@shopify/shopify-api";
import { z } from "zod";

import type { SealedSessionStorage } from "../session-storage.server.ts";

/** What this shop's bucket of query cost held after a request (points), and how many points come back each second. */
export type QueryBudget = { readonly cost: number; readonly available: number; readonly restoreRate: number };

/** What became of one Admin GraphQL request. */
export type AdminAnswer =
  | { readonly kind: "answered"; readonly data: unknown; readonly budget?: QueryBudget | undefined }
  /** Shopify will say the same again: a dead token, a missing scope, an address off the allowlist, a wrong document. */
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** Throttled, down or unreachable: worth another try later. */
  | { readonly kind: "unavailable"; readonly message: string };

/** Sends one GraphQL document to one shop. Throws nothing that Shopify or the network may do. */
export type AdminGraphql = (operation: string, variables?: Readonly<Record<string, unknown>>) => Promise<AdminAnswer>;

type GraphqlClient = Shopify["clients"]["Graphql"];
type Request = { readonly operation: string; readonly variables: Readonly<Record<string, unknown>> };

/** Speaks for this session. A token that Shopify no longer takes, although its time is not up, is replaced once. */
export function adminGraphql(session: Session, Client: GraphqlClient, sessions: SealedSessionStorage): AdminGraphql {
  return async (operation, variables = {}) => {
    const request = { operation, variables };
    const answer = await ask(new Client({ session }), request);
    if (answer.kind !== "refused" || answer.status !== 401) return answer;

    const next = await sessions.sessionAfterRefusal(session.id, session.accessToken ?? "");
    return next === undefined ? answer : ask(new Client({ session: next }), request);
  };
}

async function ask(client: InstanceType<GraphqlClient>, { operation, variables }: Request): Promise<AdminAnswer> {
  try {
    const answer: { readonly data?: unknown; readonly extensions?: unknown } = await client.request(operation, {
      variables: { ...variables },
    });
    return { kind: "answered", data: answer.data, budget: Cost.safeParse(answer.extensions).data };
  } catch (error) {
    return answerFrom(error);
  }
}

const Cost = z
  .object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
    }),
  })
  .transform(({ cost: { requestedQueryCost: cost, throttleStatus } }) => ({
    cost,
    available: throttleStatus.currentlyAvailable,
    restoreRate: throttleStatus.restoreRate,
  }));

const FORBIDDEN =
  "Shopify forbids this request (403): the server's address is not on the app's IP allowlist (Dev Dashboard, Settings), " +
  "or the app lacks a scope.";

// The library declares its answer as anything; the code in it is the HTTP status.
const HttpAnswer = z.object({ code: z.number() });

function answerFrom(error: unknown): AdminAnswer {
  if (error instanceof GraphqlQueryError) return answerFromQuery(error);
  if (error instanceof HttpResponseError) {
    return answerFromStatus(HttpAnswer.parse(error.response).code);
  }
  // The client wraps whatever fetch threw; anything else it throws is about the network too.
  return {
    kind: "unavailable",
    message: `Shopify cannot be reached: ${error instanceof Error ? error.message : "unknown"}`,
  };
}

function answerFromStatus(status: number): AdminAnswer {
  if (status === 429 || status >= 500) return { kind: "unavailable", message: `Shopify answered ${status}.` };
  return { kind: "refused", status, message: status === 403 ? FORBIDDEN : `Shopify refused the request (${status}).` };
}

function answerFromQuery(error: GraphqlQueryError): AdminAnswer {
  const answered = JSON.stringify(error.body ?? {});
  if (answered.includes('"THROTTLED"')) {
    return { kind: "unavailable", message: "Shopify is throttling this shop's requests." };
  }
  return { kind: "refused", status: 200, message: error.message };
}
