import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from "cockatiel";
import type { GraphAnswer } from "./graph-answer.ts";
import type { GraphClient } from "./graph-client.server.ts";

export type GuardedGraph = {
  /** Null: the circuit is open, and no request was made. */
  readonly send: (...request: Parameters<GraphClient["send"]>) => Promise<GraphAnswer | null>;
  /** How long the circuit stays open, in milliseconds; 0 while it is closed. */
  readonly pauseMs: () => number;
};

export type GuardOptions = {
  readonly onChange: (state: "open" | "closed") => void;
  /** Consecutive failures, of any pixels, after which the circuit opens. */
  readonly failures?: number;
  /** How long the circuit stays open; after that one request at a time tests the host. */
  readonly restMs?: number;
};

/**
 * One circuit breaker for one Graph host. While the host does not answer, every request costs its worker ten seconds,
 * and pixels would wait for each other. So after a few consecutive failures no request is made for a while.
 */
export function guardGraph(client: Pick<GraphClient, "send">, options: GuardOptions): GuardedGraph {
  const { onChange, failures = 5, restMs = 5_000 } = options;
  const breaker = circuitBreaker(
    // Cockatiel passes on the result of the call below.
    handleWhenResult((answer) => isHostDown(answer as GraphAnswer)),
    { breaker: new ConsecutiveBreaker(failures), halfOpenAfter: restMs },
  );
  let restsUntil = 0;
  breaker.onBreak(() => {
    restsUntil = Date.now() + restMs;
    onChange("open");
  });
  breaker.onReset(() => {
    restsUntil = 0;
    onChange("closed");
  });
  return {
    send: async (request) => {
      try {
        return await breaker.execute(() => client.send(request));
      } catch (error) {
        if (error instanceof BrokenCircuitError) return null;
        throw error;
      }
    },
    pauseMs: () => Math.max(0, restsUntil - Date.now()),
  };
}

/**
 * No answer, or one from a proxy in front of Graph. Graph's own errors concern a pixel or an event, not the host; and so
 * may a page with a status from 300 to 499, which a proxy gives a single request that it does not like.
 */
const isHostDown = ({ httpStatus, body }: GraphAnswer): boolean =>
  body === null && (httpStatus === null || httpStatus < 300 || httpStatus >= 500);
