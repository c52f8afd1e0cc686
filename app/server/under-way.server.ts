import { setTimeout as pause } from "node:timers/promises";

export type UnderWay = {
  /** Work that no request waits for. It logs its own errors and does not reject. */
  readonly add: (work: Promise<void>) => void;
  /** Waits until nothing is under way after the last request, and no longer than the time-out. */
  readonly finish: (lastRequest: Promise<unknown>, timeoutMs: number) => Promise<void>;
};

/** The work of this process that requests begin and do not wait for; a stop does. */
export function createUnderWay(): UnderWay {
  const works = new Set<Promise<void>>();
  const ended = async (): Promise<void> => {
    while (works.size > 0) await Promise.allSettled(works);
  };
  return {
    add: (work) => {
      const kept = work.finally(() => works.delete(kept));
      works.add(kept);
    },
    finish: async (lastRequest, timeoutMs) => {
      const late = new AbortController();
      await Promise.race([
        lastRequest.then(ended),
        pause(timeoutMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
    },
  };
}
