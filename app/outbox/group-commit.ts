/** The database is too far behind: nothing was written, and the sender should retry. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
  readonly statusCode = 503;
}

/** Limits on how far behind the database may be before new entries are rejected at once. */
export type Backlog<Entry> = {
  /** The most entries that may wait for a statement. */
  readonly most: number;
  /** The most entries that one tenant may have waiting, so that a flood leaves room for the others. */
  readonly mostOfOne: number;
  /** While the oldest entry has waited longer than this, new entries are rejected. */
  readonly oldestMs: number;
  tenantOf(entry: Entry): string;
  /** A monotonic clock, in milliseconds. */
  elapsedMs(): number;
};

/** Concurrent writes that share a statement, and therefore a commit. */
export type GroupCommit<Entry, Answer> = (entry: Entry) => Promise<Answer>;

export type GroupCommitPorts<Entry, Answer> = {
  /** The most entries in one statement. */
  readonly limit: number;
  /** Entries with a common key never share a statement: the second is written after the first. */
  keysOf(entry: Entry): readonly string[];
  /** Writes all entries or none; returns one answer per entry, in order. */
  write(entries: readonly Entry[]): Promise<readonly Answer[]>;
  /** True if the statement failed because of its content; false if the database was unavailable. */
  isRefusal(error: unknown): boolean;
  /** Awaited before the first batch, so that entries that arrive together share a statement. Absent: no wait. */
  gather?(): Promise<unknown>;
  /** Absent: entries wait without a limit. */
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
 * Writes at once if no statement is running, and otherwise collects entries until it completes: a lone write does not
 * wait, and many share few commits. If the database refuses a batch, each of its entries is retried alone, so that only
 * the bad one fails. An outage rejects every entry of the statement. Entries beyond the backlog limits are rejected
 * with Overloaded.
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
  // One tenant can only reach its limit if the queue is that long.
  if (queue.length < mostOfOne) return null;
  const tenant = tenantOf(entry);
  const own = queue.filter((waiting) => tenantOf(waiting.entry) === tenant).length;
  return own >= mostOfOne ? new Overloaded(`${mostOfOne} entries of ${tenant} wait for the database`) : null;
}

/** The oldest entries that may share a statement. An entry that shares a key with an earlier one waits behind it. */
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

/** Never rejects: each entry's promise gets its own result or error. */
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
  if (answer === undefined) waiting.reject(new Error("the statement returned no result for this entry"));
  else waiting.resolve(answer);
}
