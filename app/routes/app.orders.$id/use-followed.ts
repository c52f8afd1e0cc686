import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect } from "react";
import type { Followed } from "../../server/followed-work.server.ts";

const NEXT_QUESTION_MS = 800;
const PATH = "/app/order-now";

/** Work that the server does while the page asks how it stands. */
export type Following<Result> = {
  readonly isRunning: boolean;
  /** Undefined before the first, and while the next one is on its way. */
  readonly result: Result | undefined;
  readonly start: () => void;
};

/** What the order would send now. */
export const useOrderNow = <Result>(order: string): Following<Result> =>
  useFollowed(useCallback((fetcher: Fetcher) => fetcher.load(`${PATH}?order=${order}`), [order]));

/** Sends an event of the order again. */
export function useSendAgain<Result>(order: string, eventName: string, eventId: string): Following<Result> {
  const ask = useCallback(
    (fetcher: Fetcher) => fetcher.submit({ order, eventName, eventId }, { method: "post", action: PATH }),
    [order, eventName, eventId],
  );
  return useFollowed(ask);
}

type Fetcher = Pick<ReturnType<typeof useFetcher>, "load" | "submit">;

function useFollowed<Result>(ask: (fetcher: Fetcher) => void): Following<Result> {
  const fetcher = useFetcher();
  // The loader and the action of PATH answer with this type.
  const work = fetcher.data as Followed<Result> | undefined;
  const { state } = fetcher;
  useEffect(() => {
    if (state !== "idle" || work?.state !== "running") return;
    const timer = setTimeout(() => ask(fetcher), NEXT_QUESTION_MS);
    return () => clearTimeout(timer);
    // Without the fetcher, which is a new object with each state.
  }, [state, work, ask]);
  return {
    isRunning: state !== "idle" || work?.state === "running",
    result: work?.state === "done" ? work.result : undefined,
    start: () => ask(fetcher),
  };
}
