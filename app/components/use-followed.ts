import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { useOnReturn } from "./use-on-return.ts";
import type { Followed } from "../server/followed-work.server.ts";

const NEXT_QUESTION_MS = 800;

/** Work that the server does while the page asks how it stands. */
export type Following<Result> = {
  readonly isRunning: boolean;
  /** Undefined before the first, and while the next one is on its way. */
  readonly result: Result | undefined;
  readonly start: () => void;
};

export type Fetcher = Pick<ReturnType<typeof useFetcher>, "load" | "submit">;

/**
 * Asks again and again, and once when the page becomes visible again, until the work has ended. `ask` keeps its identity
 * from one rendering to the next.
 */
export function useFollowed<Result>(ask: (fetcher: Fetcher) => void): Following<Result> {
  const fetcher = useFetcher();
  // What is asked answers with this type.
  const work = fetcher.data as Followed<Result> | undefined;
  const { state } = fetcher;
  useEffect(() => {
    if (state !== "idle" || work?.state !== "running") return;
    const timer = setTimeout(() => ask(fetcher), NEXT_QUESTION_MS);
    return () => clearTimeout(timer);
    // Without the fetcher, which is a new object with each state.
  }, [state, work, ask]);
  useOnReturn(state === "idle" && work?.state === "running", () => ask(fetcher));
  return {
    isRunning: state !== "idle" || work?.state === "running",
    result: work?.state === "done" ? work.result : undefined,
    start: () => ask(fetcher),
  };
}
