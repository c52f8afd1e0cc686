export type SerialJobs<Job> = {
  /** Resolves as soon as each job has begun, or is set to run once more after its current run. */
  add(jobs: readonly Job[]): Promise<void>;
  /** Starts no new job, and waits for the running ones. */
  stop(): Promise<void>;
};

export type SerialPorts<Job> = {
  /** The most that run at the same time. */
  readonly atOnce: number;
  keyOf(job: Job): string;
  /** One job instead of two of the same key, which does what both would do. */
  merge(one: Job, other: Job): Job;
  run(job: Job): Promise<void>;
  failed(error: unknown): void;
};

type Waiting<Job> = { readonly job: Job; begun(): void };

/**
 * Runs jobs in the order in which they arrive, those of one key one after another. A job whose key already waits merges
 * with it; one that arrives while its key runs makes it run once more.
 */
export function serialPerKey<Job>({ atOnce, keyOf, merge, run, failed }: SerialPorts<Job>): SerialJobs<Job> {
  const waiting = new Map<string, Waiting<Job>[]>();
  const running = new Map<string, Promise<void>>();
  const again = new Map<string, Job>();
  let stopped = false;

  const begin = (key: string, job: Job): void => {
    const ended = run(job)
      .catch(failed)
      .then(() => {
        running.delete(key);
        const next = again.get(key);
        again.delete(key);
        if (next !== undefined) waiting.set(key, [{ job: next, begun: () => undefined }, ...(waiting.get(key) ?? [])]);
        beginNext();
      });
    running.set(key, ended);
  };

  const beginNext = (): void => {
    for (const [key, entries] of waiting) {
      if (stopped || running.size >= atOnce) return;
      waiting.delete(key);
      begin(key, entries.map(({ job }) => job).reduce(merge));
      for (const entry of entries) entry.begun();
    }
  };

  const addOne = (job: Job): Promise<void> => {
    if (stopped) return Promise.resolve();
    const key = keyOf(job);
    if (running.has(key)) {
      const next = again.get(key);
      again.set(key, next === undefined ? job : merge(next, job));
      return Promise.resolve();
    }
    return new Promise((begun) => waiting.set(key, [...(waiting.get(key) ?? []), { job, begun }]));
  };

  return {
    add: async (jobs) => {
      const begun = jobs.map(addOne);
      beginNext();
      await Promise.all(begun);
    },
    async stop() {
      stopped = true;
      for (const entries of waiting.values()) for (const entry of entries) entry.begun();
      waiting.clear();
      again.clear();
      await Promise.all(running.values());
    },
  };
}
