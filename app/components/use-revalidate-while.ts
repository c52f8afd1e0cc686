import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useOnReturn } from "./use-on-return.ts";

const PAUSE_MS = 1_500;
const MANY_TIMES = 20;
// Shopify may take 15 seconds for each of several requests, and a worker's round comes within two minutes.
const LATER_PAUSE_MS = 10_000;
const MOST_TIMES = 50;

/** How long to wait before the next reading after so many; null: no more. */
export function pauseAfter(times: number): number | null {
  if (times < MANY_TIMES) return PAUSE_MS;
  return times < MOST_TIMES ? LATER_PAUSE_MS : null;
}

/**
 * Runs the page's loaders again until `isUnderWay` is false: often for half a minute, and then for five minutes more; and
 * once when the page becomes visible again.
 */
export function useRevalidateWhile(isUnderWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  const [times, setTimes] = useState(0);
  // What begins later has its time as well.
  useEffect(() => {
    if (!isUnderWay) setTimes(0);
  }, [isUnderWay]);
  useEffect(() => {
    const pause = pauseAfter(times);
    if (!isUnderWay || state !== "idle" || pause === null) return;
    const timer = setTimeout(() => {
      setTimes((before) => before + 1);
      revalidate();
    }, pause);
    return () => clearTimeout(timer);
  }, [isUnderWay, revalidate, state, times]);
  useOnReturn(isUnderWay, revalidate);
}
