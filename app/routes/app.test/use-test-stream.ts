import { useEffect, useState } from "react";
import type { TestEvent } from "../../ledger/test-event-types.ts";
import { readEventStream } from "./read-event-stream.ts";

/** `full`: the shop has as many pages open as it may have. */
export type StreamState = "opening" | "live" | "paused" | "lost" | "full";

export type TestStream = {
  /** Newest first. */
  readonly events: readonly TestEvent[];
  readonly state: StreamState;
  readonly pause: () => void;
  readonly resume: () => void;
};

const MOST_SHOWN = 60;
const AGAIN_AFTER_MS = 3_000;

const keyOf = ({ eventName, eventId }: TestEvent): string => `${eventName} ${eventId}`;

/** The list with the newer state of an event, in its place, or as a new event. */
export function withNewer(events: readonly TestEvent[], newer: TestEvent): readonly TestEvent[] {
  const others = events.filter((event) => keyOf(event) !== keyOf(newer));
  return [newer, ...others].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, MOST_SHOWN);
}

/** Follows the shop's test events while the page is open and not paused. Comes back by itself when the stream ends. */
export function useTestStream(known: readonly TestEvent[]): TestStream {
  const [events, setEvents] = useState(known);
  const [state, setState] = useState<StreamState>("opening");
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    if (isPaused) return setState("paused");
    const leaving = new AbortController();
    const { signal } = leaving;
    setState("opening");
    void follow({ signal, setState, onEvent: (event) => setEvents((before) => withNewer(before, event)) });
    return () => leaving.abort();
  }, [isPaused]);
  return { events, state, pause: () => setPaused(true), resume: () => setPaused(false) };
}

type Following = {
  readonly signal: AbortSignal;
  readonly setState: (state: StreamState) => void;
  readonly onEvent: (event: TestEvent) => void;
};

async function follow(following: Following): Promise<void> {
  const { signal, setState } = following;
  const hasLeft = (): boolean => signal.aborted;
  while (!hasLeft()) {
    const ended = await followOnce(following).catch((): StreamState => "lost");
    if (ended === "live" || hasLeft()) continue;
    setState(ended);
    await pause(AGAIN_AFTER_MS, signal);
  }
}

/** Until the stream ends: `live` if the server ended it, so that the page comes back at once. */
async function followOnce({ signal, setState, onEvent }: Following): Promise<StreamState> {
  const answer = await fetch("/app/test-events", { signal });
  if (answer.status === 429) return "full";
  if (!answer.ok || answer.body === null) return "lost";
  for await (const { event, data } of readEventStream(answer.body)) {
    if (event === "end") return "live";
    setState("live");
    // The server wrote it from the same type.
    if (event === "test-event") onEvent(JSON.parse(data) as TestEvent);
  }
  return "lost";
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
