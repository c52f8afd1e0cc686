/** One event of Chromium's trace, with what the sampling profiler writes into some of them. Times are microseconds. */
export type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly id?: string;
  readonly ts?: number;
  /** How long by the clock, and by the thread's own. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: ProfileData };
};

type ProfileData = {
  readonly startTime?: number;
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
  readonly timeDeltas?: readonly number[];
};

type ProfileNode = {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: { readonly url?: string };
};

/** The categories that a trace for `ownTime` needs. */
export const CATEGORIES = ["disabled-by-default-v8.cpu_profiler", "disabled-by-default-devtools.timeline"];

/**
 * Milliseconds of the thread's own time in which functions of the given files were on top of the stack, and,
 * `called_ms`, in which they were anywhere in it: with what they call, such as `fetch`.
 */
export type OwnTime = { readonly own_ms: number; readonly called_ms: number };

/**
 * Samples are taken by the clock; what they say is multiplied with the share of its task in which the thread ran, so that a
 * busy machine disturbs little.
 */
export function ownTime(trace: readonly TraceEvent[], isOwn: (url: string) => boolean): OwnTime {
  let [own_ms, called_ms] = [0, 0];
  for (const profile of trace.filter(({ name }) => name === "Profile")) {
    const ranShare = ranShares(trace, profile);
    for (const { stack, at, us } of samplesOf(trace, profile)) {
      const ms = (us * ranShare(at)) / 1000;
      if (isOwn(stack[0] ?? "")) own_ms += ms;
      if (stack.some(isOwn)) called_ms += ms;
    }
  }
  return { own_ms, called_ms };
}

type Sample = { readonly stack: readonly string[]; readonly at: number; readonly us: number };

/** The files on the stack, from the function on top to the one that was called first. A sample lasts until the next one. */
function samplesOf(trace: readonly TraceEvent[], profile: TraceEvent): Sample[] {
  const chunks = trace.filter(
    ({ name, pid, id }) => name === "ProfileChunk" && pid === profile.pid && id === profile.id,
  );
  const data = chunks.map(({ args }) => args?.data ?? {});
  const nodes = new Map(data.flatMap(({ cpuProfile }) => (cpuProfile?.nodes ?? []).map((node) => [node.id, node])));
  const deltas = data.flatMap(({ timeDeltas }) => timeDeltas ?? []);
  let at = profile.args?.data?.startTime ?? 0;
  return data
    .flatMap(({ cpuProfile }) => cpuProfile?.samples ?? [])
    .map((top, n) => {
      at += deltas[n] ?? 0;
      return { stack: filesOn(nodes, top), at, us: deltas[n + 1] ?? 0 };
    });
}

function filesOn(nodes: ReadonlyMap<number, ProfileNode>, top: number): string[] {
  const files: string[] = [];
  for (let node = nodes.get(top); node !== undefined; node = nodes.get(node.parent ?? Number.NaN)) {
    files.push(node.callFrame.url ?? "");
  }
  return files;
}

/** Which share of the task at a moment the profile's thread had a processor; 1 where no task is known. */
function ranShares(trace: readonly TraceEvent[], { pid, tid }: TraceEvent): (at: number) => number {
  const tasks = trace.filter((event) => event.name === "RunTask" && event.pid === pid && event.tid === tid);
  return (at) => {
    const task = tasks.find(({ ts = 0, dur = 0 }) => ts <= at && at < ts + dur);
    return task?.tdur === undefined || task.dur === undefined ? 1 : Math.min(1, task.tdur / task.dur);
  };
}
