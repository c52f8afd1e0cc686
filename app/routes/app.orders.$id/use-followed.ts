import { useCallback } from "react";
import { type Fetcher, type Following, useFollowed } from "../../components/use-followed.ts";

const PATH = "/app/order-now";

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
