/** Work that a page started: `running` until it has ended, then its result, once. */
export type Followed<Result> = { readonly state: "running" } | { readonly state: "done"; readonly result: Result };

export type FollowedWork = {
  /**
   * Starts the work under this key, for a page that will follow it. The result of an earlier one is of no use any more,
   * even if it is still running. At the limit it is not started: whoever follows it starts it.
   */
  start<Result>(key: string, start: () => Promise<Result>): void;
  /**
   * Starts the work under this key unless it is running, and says how it stands without waiting for it. Whoever asks
   * first after the end gets the result; asked again, it starts anew. Throws what the work threw.
   */
  follow<Result>(key: string, start: () => Promise<Result>): Promise<Followed<Result>>;
};

type Entry = { ended: (() => unknown) | null; endedAt: number };

/** For nobody to collect: a page that was closed. */
const KEPT_MS = 60_000;
/** In one process; whoever asks for more waits until one has ended. */
const MOST = 50;

/**
 * Requests to Shopify take seconds, and no page's request waits for them: the page starts the work and asks how it
 * stands. In memory, so that what was read of a customer is written nowhere; a page whose next question comes to another
 * process starts the work there, so the work must be harmless to repeat.
 */
export function createFollowedWork(nowMs: () => number = () => performance.now()): FollowedWork {
  const entries = new Map<string, Entry>();
  const forgetOld = (): void => {
    for (const [key, { ended, endedAt }] of entries) {
      if (ended !== null && nowMs() - endedAt > KEPT_MS) entries.delete(key);
    }
  };
  const begin = (key: string, start: () => Promise<unknown>): void => {
    if (entries.size >= MOST) return;
    const entry: Entry = { ended: null, endedAt: 0 };
    entries.set(key, entry);
    const end = (ended: () => unknown): void => void Object.assign(entry, { ended, endedAt: nowMs() });
    void start().then(
      (result) => end(() => result),
      (error: unknown) =>
        end(() => {
          throw error;
        }),
    );
  };
  return {
    start: (key, start) => {
      forgetOld();
      entries.delete(key);
      begin(key, start);
    },
    follow: async <Result>(key: string, start: () => Promise<Result>): Promise<Followed<Result>> => {
      forgetOld();
      const known = entries.get(key);
      if (known !== undefined) {
        if (known.ended === null) return { state: "running" };
        entries.delete(key);
        // Whoever starts work under a key starts the same work.
        return { state: "done", result: known.ended() as Result };
      }
      begin(key, start);
      return Promise.resolve({ state: "running" });
    },
  };
}
