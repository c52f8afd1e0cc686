import { useEffect } from "react";

/**
 * Calls `read` once each time the page becomes visible again while something is awaited: browsers slow down the timers
 * of a tab in the background to one a minute, or stop them (Chrome, "Timer throttling" and "Page Lifecycle", 2026-11).
 */
export function useOnReturn(isAwaited: boolean, read: () => void): void {
  useEffect(() => {
    if (!isAwaited) return;
    const onChange = () => {
      if (document.visibilityState === "visible") read();
    };
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, [isAwaited, read]);
}
