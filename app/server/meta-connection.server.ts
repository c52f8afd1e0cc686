import { guardGraph, type GuardedGraph } from "../meta/circuit-breaker.server.ts";
import { createGraphClient, type GraphClient } from "../meta/graph-client.server.ts";
import type { Env } from "../env/env.server.ts";
import type { Log } from "../logging/logger.server.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.server.ts";

export type Sending = {
  /** For what a merchant's click asks: always tries. */
  readonly graph: GraphClient;
  /** For everything else: makes no request while the circuit is open. */
  readonly guarded: GuardedGraph;
  readonly isStopping: () => boolean;
  /**
   * Begins no request any more and waits for those under way. One that Meta takes too long for is given up; another
   * worker sends it again.
   */
  finish(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
};

// What is left for writing down what became of the last requests.
const SETTLE_MS = 2_000;

/** This process's way to Meta, from the first request to the last. */
export function openSending(
  env: Pick<Env, "graphUrl" | "graphVersion">,
  queue: Pick<DeliveryQueue, "stop">,
  log: Log,
): Sending {
  const graph = createGraphClient({ graphUrl: env.graphUrl, version: env.graphVersion });
  const onChange = (state: "open" | "closed"): void =>
    log.warn(state === "open" ? "delivery.meta-down" : "delivery.meta-up");
  let isStopping = false;
  return {
    graph,
    guarded: guardGraph(graph, { onChange }),
    isStopping: () => isStopping,
    async finish(timeoutMs) {
      isStopping = true;
      const hangUp = setTimeout(graph.hangUp, timeoutMs - SETTLE_MS);
      await queue.stop(timeoutMs);
      clearTimeout(hangUp);
    },
    close: graph.close,
  };
}
