import { useEffect, useRef } from "react";
import { type Fetcher, useFollowed } from "../../components/use-followed.ts";
import type { LatestOrder } from "./value-preview.tsx";

const ask = ({ load }: Fetcher): void => load("/app/latest-order-values");

/** The shop's last order, read after the page is shown. */
export function useLatestOrder(): LatestOrder | null {
  const { result, start } = useFollowed<LatestOrder | null>(ask);
  const begin = useRef(start);
  useEffect(() => begin.current(), []);
  return result ?? null;
}
