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
};

type Waiting<Entry, Answer> = {
  readonly entry: Entry;
  readonly keys: readonly string[];
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Starts at once when nothing is being written, and otherwise collects until the statement in flight is done, so that
 * a lone write waits for nobody and a crowd pays for few commits. An entry that the database refuses fails alone: its
 * neighbours are written again without it. An outage rejects every entry of the statement.
 */
export function groupCommit<Entry, Answer>(ports: GroupCommitPorts<Entry, Answer>): GroupCommit<Entry, Answer> {
  let queue: Waiting<Entry, Answer>[] = [];
  let writing = false;

  const writeQueue = async (): Promise<void> => {
    writing = true;
    while (queue.length > 0) {
      const { batch, rest } = firstBatch(queue, ports.limit);
      queue = rest;
      await writeBatch(batch, ports);
    }
    writing = false;
  };

  return (entry) =>
    new Promise((resolve, reject) => {
      queue.push({ entry, keys: ports.keysOf(entry), resolve, reject });
      if (!writing) void writeQueue();
    });
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
