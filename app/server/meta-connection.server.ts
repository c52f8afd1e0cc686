import { guardGraph, type GuardedGraph } from "../meta/circuit-breaker.server.ts";
import { createGraphClient, type GraphClient } from "../meta/graph-client.server.ts";
import type { Env } from "../env/env.server.ts";
import type { Log } from "../logging/logger.server.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.server.ts";

export type Sending = {
  /** For requests on a merchant's click: always sends. */
  readonly graph: GraphClient;
  /** For all other requests: sends nothing while the circuit is open. */
  readonly guarded: GuardedGraph;
  readonly isStopping: () => boolean;
  /**
   * Starts no new request and waits for those under way. Aborts requests that outlast the time-out; another worker
   * sends their events again.
   */
  finish(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
};

// Time left to store the results of the last requests.
const SETTLE_MS = 2_000;

/** This process's connection to Meta, with an orderly shutdown. */
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
