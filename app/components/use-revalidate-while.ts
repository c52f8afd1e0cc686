import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";

const PAUSE_MS = 1_500;
const MOST_TIMES = 20;

/** Runs the page's loaders again until `isUnderWay` is false, for half a minute at most. */
export function useRevalidateWhile(isUnderWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  const [times, setTimes] = useState(0);
  // What begins later has its half minute as well.
  useEffect(() => {
    if (!isUnderWay) setTimes(0);
  }, [isUnderWay]);
  useEffect(() => {
    if (!isUnderWay || state !== "idle" || times >= MOST_TIMES) return;
    const timer = setTimeout(() => {
      setTimes((before) => before + 1);
      revalidate();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isUnderWay, revalidate, state, times]);
}
