// The Meta simulator in a process of its own.
import { startMetaSimulator } from "../../simulators/meta/start-meta-simulator.ts";
import { answerQuestions, usage, type Usage } from "./child-process.ts";
import { pixelOf, tokenOf } from "./orders.ts";

export type MetaReceived = {
  readonly eventIds: readonly string[];
  /** Unix milliseconds, in the order of `eventIds`. */
  readonly receivedAtMs: Float64Array;
  /** Server legs that arrived more than once. */
  readonly doubled: number;
  readonly requests: number;
};

export type MetaQuestions = {
  readonly start: (pixels: number) => string;
  readonly count: (nothing: undefined) => number;
  readonly received: (nothing: undefined) => MetaReceived;
  readonly forget: (nothing: undefined) => void;
  readonly usage: (nothing: undefined) => Usage;
};

const simulator = await startMetaSimulator();

const questions: MetaQuestions = {
  start: (pixels) => {
    for (let index = 0; index < pixels; index += 1) {
      simulator.addDataset({ metaPixelId: pixelOf(index), token: tokenOf(index) });
    }
    return simulator.httpUrl;
  },
  // Counts accepted requests; a duplicate event counts twice here, so `received` is authoritative.
  count: () => simulator.requests().reduce((sum, request) => sum + (request.status === 200 ? request.events : 0), 0),
  received: () => {
    const events = simulator.received().filter((event) => event.server !== null);
    return {
      eventIds: events.map((event) => event.eventId ?? ""),
      receivedAtMs: Float64Array.from(events, (event) => Date.parse(event.server?.receivedAt ?? "")),
      doubled: events.filter((event) => event.serverCopies > 1).length,
      requests: simulator.requests().length,
    };
  },
  forget: simulator.reset,
  usage,
};
answerQuestions(questions, simulator.close);
