import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from "cockatiel";
import type { GraphAnswer } from "./graph-answer.ts";
import type { GraphClient } from "./graph-client.server.ts";

export type GuardedGraph = {
  /** Null: Meta is left in peace, and no request was made. */
  readonly send: (...request: Parameters<GraphClient["send"]>) => Promise<GraphAnswer | null>;
  /** How long Meta is left in peace, in milliseconds; 0 where it may be asked. */
  readonly pauseMs: () => number;
};

export type GuardOptions = {
  readonly onChange: (state: "open" | "closed") => void;
  /** Failures in a row, of whichever pixels, after which the host counts as down. */
  readonly failures?: number;
  /** How long it is left in peace then; after that one request at a time tries it. */
  readonly restMs?: number;
};

/**
 * One circuit breaker for one Graph host. While it does not answer, every request costs its worker ten seconds, and the
 * pixels would wait for each other; so after a few failures in a row none is made for a moment.
 */
export function guardGraph(client: Pick<GraphClient, "send">, options: GuardOptions): GuardedGraph {
  const { onChange, failures = 5, restMs = 5_000 } = options;
  const breaker = circuitBreaker(
    // Cockatiel hands over whatever the call below gave.
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

/** No answer, or one of something in front of Graph. Graph's own errors concern a pixel or an event, not the host. */
const isHostDown = ({ httpStatus, body }: GraphAnswer): boolean =>
  body === null && (httpStatus === null || httpStatus >= 500);
