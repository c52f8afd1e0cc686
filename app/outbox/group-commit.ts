/** The database is too far behind to take more: nothing was written, and the sender is to come back. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
  readonly statusCode = 503;
}

/** How far behind the database may be before an entry is turned away at once, which is all that a sender can use. */
export type Backlog<Entry> = {
  /** The most entries that wait for a statement. */
  readonly most: number;
  /** The most of them that one tenant may have, so that a flood leaves room for everybody else. */
  readonly mostOfOne: number;
  /** While an entry has been waiting for longer than this, nothing is added behind it. */
  readonly oldestMs: number;
  tenantOf(entry: Entry): string;
  /** Any clock that only goes forward, in milliseconds. */
  elapsedMs(): number;
};

/** Concurrent writes that share a statement, and so a commit. */
export type GroupCommit<Entry, Answer> = (entry: Entry) => Promise<Answer>;

export type GroupCommitPorts<Entry, Answer> = {
  /** The most entries that one statement takes. */
  readonly limit: number;
  /** Two entries with a key in common never share a statement: the second is answered after the first is written. */
  keysOf(entry: Entry): readonly string[];
  /** Writes all or nothing; one answer for each entry, in the same order. */
  write(entries: readonly Entry[]): Promise<readonly Answer[]>;
  /** True when the statement failed for what it held; false when the database was not there to ask. */
  isRefusal(error: unknown): boolean;
  /** What a first entry waits for, so that those who come with it share its statement; without it, for nothing. */
  gather?(): Promise<unknown>;
  /** Without it everything waits, however long. */
  readonly backlog?: Backlog<Entry>;
};

type Waiting<Entry, Answer> = {
  readonly entry: Entry;
  readonly keys: readonly string[];
  readonly sinceMs: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Starts at once when nothing is being written, and otherwise collects until the statement in flight is done, so that
 * a lone write waits for nobody and a crowd pays for few commits. An entry that the database refuses fails alone: its
 * neighbours are written again without it. An outage rejects every entry of the statement. What the backlog has no room
 * for is rejected with Overloaded.
 */
export function groupCommit<Entry, Answer>(ports: GroupCommitPorts<Entry, Answer>): GroupCommit<Entry, Answer> {
  let queue: Waiting<Entry, Answer>[] = [];
  let writing = false;

  const writeQueue = async (): Promise<void> => {
    writing = true;
    if (ports.gather) await ports.gather();
    while (queue.length > 0) {
      const { batch, rest } = firstBatch(queue, ports.limit);
      queue = rest;
      await writeBatch(batch, ports);
    }
    writing = false;
  };

  return (entry) =>
    new Promise((resolve, reject) => {
      const problem = ports.backlog && noRoomFor(entry, queue, ports.backlog);
      if (problem) return reject(problem);
      const sinceMs = ports.backlog?.elapsedMs() ?? 0;
      queue.push({ entry, keys: ports.keysOf(entry), sinceMs, resolve, reject });
      if (!writing) void writeQueue();
    });
}

function noRoomFor<Entry, Answer>(
  entry: Entry,
  queue: readonly Waiting<Entry, Answer>[],
  { most, mostOfOne, oldestMs, tenantOf, elapsedMs }: Backlog<Entry>,
): Overloaded | null {
  const oldest = queue[0];
  if (oldest === undefined) return null;
  if (queue.length >= most) return new Overloaded(`${most} entries wait for the database`);
  if (elapsedMs() - oldest.sinceMs > oldestMs) return new Overloaded(`the database is ${oldestMs} ms behind`);
  // Counting is worth it only where one tenant could have as many.
  if (queue.length < mostOfOne) return null;
  const tenant = tenantOf(entry);
  const own = queue.filter((waiting) => tenantOf(waiting.entry) === tenant).length;
  return own >= mostOfOne ? new Overloaded(`${mostOfOne} entries of ${tenant} wait for the database`) : null;
}

/** The longest-waiting entries that may share a statement. What shares a key with an earlier entry stays behind it. */
function firstBatch<Entry, Answer>(queue: readonly Waiting<Entry, Answer>[], limit: number) {
  const batch: Waiting<Entry, Answer>[] = [];
  const rest: Waiting<Entry, Answer>[] = [];
  const taken = new Set<string>();
  for (const waiting of queue) {
    const free = batch.length < limit && !waiting.keys.some((key) => taken.has(key));
    (free ? batch : rest).push(waiting);
    for (const key of waiting.keys) taken.add(key);
  }
  return { batch, rest };
}

/** Never rejects: every outcome goes to the entry that it belongs to. */
async function writeBatch<Entry, Answer>(
  batch: readonly Waiting<Entry, Answer>[],
  ports: GroupCommitPorts<Entry, Answer>,
): Promise<void> {
  try {
    const answers = await ports.write(batch.map((waiting) => waiting.entry));
    for (const [index, waiting] of batch.entries()) settle(waiting, answers[index]);
  } catch (error) {
    if (batch.length === 1 || !ports.isRefusal(error)) {
      for (const waiting of batch) waiting.reject(error);
      return;
    }
    for (const waiting of batch) await writeBatch([waiting], ports);
  }
}

function settle<Entry, Answer>(waiting: Waiting<Entry, Answer>, answer: Answer | undefined): void {
  if (answer === undefined) waiting.reject(new Error("the statement gave no answer for this entry"));
  else waiting.resolve(answer);
}
