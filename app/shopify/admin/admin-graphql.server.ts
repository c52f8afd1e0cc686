import { GraphqlQueryError, HttpResponseError, type Session, type Shopify } from "@shopify/shopify-api";
import { z } from "zod";

import type { SealedSessionStorage } from "../session-storage.server.ts";

/** The shop's query cost bucket after a request, in points, and the points restored per second. */
export type QueryBudget = { readonly cost: number; readonly available: number; readonly restoreRate: number };

/** The result of one Admin GraphQL request. */
export type AdminAnswer =
  | { readonly kind: "answered"; readonly data: unknown; readonly budget?: QueryBudget | undefined }
  /**
   * A retry would fail again: an invalid token, a missing scope, an address not on the allowlist, an invalid document.
   */
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** Throttled, down or unreachable: may be retried later. */
  | {
      readonly kind: "unavailable";
      readonly message: string;
      /** Whether Shopify may have done what was asked: it did not say that it has not. */
      readonly mayHaveArrived?: boolean;
    };

export type Unanswered = Exclude<AdminAnswer, { kind: "answered" }>;

/** Sends one GraphQL document to one shop. Never throws for errors of Shopify or the network. */
export type AdminGraphql = (operation: string, variables?: Readonly<Record<string, unknown>>) => Promise<AdminAnswer>;

type GraphqlClient = Shopify["clients"]["Graphql"];
type Request = { readonly operation: string; readonly variables: Readonly<Record<string, unknown>> };

/** Sends requests with this session. Renews a token once if Shopify rejects it before it expires. */
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

// The library's type for the response is too wide; its `code` is the HTTP status.
const HttpAnswer = z.object({ code: z.number() });

function answerFrom(error: unknown): AdminAnswer {
  if (error instanceof GraphqlQueryError) return answerFromQuery(error);
  if (error instanceof HttpResponseError) {
    return answerFromStatus(HttpAnswer.parse(error.response).code);
  }
  // The client wraps errors of fetch; its other errors concern the network too.
  return {
    kind: "unavailable",
    message: `Shopify cannot be reached: ${error instanceof Error ? error.message : "unknown"}`,
    mayHaveArrived: true,
  };
}

function answerFromStatus(status: number): AdminAnswer {
  const isRefused = status === 429 || status === 503;
  if (isRefused || status >= 500) {
    return { kind: "unavailable", message: `Shopify answered ${status}.`, mayHaveArrived: !isRefused };
  }
  return { kind: "refused", status, message: status === 403 ? FORBIDDEN : `Shopify refused the request (${status}).` };
}

function answerFromQuery(error: GraphqlQueryError): AdminAnswer {
  const answered = JSON.stringify(error.body ?? {});
  if (answered.includes('"THROTTLED"')) {
    return { kind: "unavailable", message: "Shopify is throttling this shop's requests." };
  }
  return { kind: "refused", status: 200, message: error.message };
}
