import { expect, test } from "vitest";

import { groupCommit, Overloaded } from "../../app/outbox/group-commit.ts";

type Entry = { readonly key: string; readonly word: string };

/** A database that writes when told to, and keeps what each statement held. */
function aDatabase(fails: (entries: readonly Entry[]) => Error | null = () => null) {
  const statements: string[][] = [];
  const commits: (() => void)[] = [];
  const commit = groupCommit<Entry, string>({
    limit: 3,
    keysOf: (entry) => [entry.key],
    isRefusal: (error) => error instanceof RangeError,
    write: async (entries) => {
      statements.push(entries.map((entry) => entry.word));
      await new Promise<void>((resolve) => commits.push(resolve));
      const failure = fails(entries);
      if (failure) throw failure;
      return entries.map((entry) => `${entry.word}!`);
    },
  });
  /** Lets every statement commit, in turn, until nothing is left to write. */
  const commitAll = async (): Promise<void> => {
    for (let next = commits.shift(); next; next = commits.shift()) {
      next();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { commit, statements, commitAll };
}

const words = (...all: string[]): Entry[] => all.map((word) => ({ key: word, word }));

test("a lone write starts at once, and writes that arrive meanwhile share the next statement", async () => {
  const { commit, statements, commitAll } = aDatabase();
  const answers = Promise.all(words("a", "b", "c", "d", "e").map(commit));
  expect(statements).toEqual([["a"]]);
  await commitAll();
  expect(await answers).toEqual(["a!", "b!", "c!", "d!", "e!"]);
  expect(statements).toEqual([["a"], ["b", "c", "d"], ["e"]]);
});

test("writes with the same key keep their order and never share a statement", async () => {
  const { commit, statements, commitAll } = aDatabase();
  const entries = ["1", "2", "3"].map((n) => ({ key: "same", word: n }));
  const answers = Promise.all([...words("first"), ...entries, ...words("other")].map(commit));
  await commitAll();
  await answers;
  expect(statements).toEqual([["first"], ["1", "other"], ["2"], ["3"]]);
});

test("an entry that the database refuses fails alone", async () => {
  const poisoned = (entries: readonly Entry[]) =>
    entries.some((entry) => entry.word === "bad") ? new RangeError("no") : null;
  const { commit, commitAll } = aDatabase(poisoned);
  const answers = Promise.allSettled(words("a", "b", "bad", "c").map(commit));
  await commitAll();
  expect((await answers).map((answer) => answer.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

test("an outage rejects the whole statement without a retry, and the next write tries again", async () => {
  let down = true;
  const { commit, statements, commitAll } = aDatabase(() => (down ? new Error("connection lost") : null));
  const answers = Promise.allSettled(words("a", "b", "c").map(commit));
  await commitAll();
  expect((await answers).map((answer) => answer.status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(statements).toEqual([["a"], ["b", "c"]]);
  down = false;
  const later = commit({ key: "d", word: "d" });
  await commitAll();
  expect(await later).toBe("d!");
});

test("while the database is behind, new entries are rejected at once, one tenant's flood first, and waiting ones are written", async () => {
  let now = 0;
  const commits: (() => void)[] = [];
  const commit = groupCommit<Entry, string>({
    limit: 1,
    keysOf: ({ word }) => [word],
    isRefusal: () => false,
    write: async ([entry]) => {
      await new Promise<void>((resolve) => commits.push(resolve));
      return [`${entry?.word ?? ""}!`];
    },
    backlog: { most: 4, mostOfOne: 2, oldestMs: 3_000, tenantOf: ({ key }) => key, elapsedMs: () => now },
  });
  const entry = (key: string, word: string): Promise<string> => commit({ key, word });
  const taken = [entry("flood", "1"), entry("flood", "2"), entry("flood", "3")]; // the first is being written

  await expect(entry("flood", "4")).rejects.toThrow(Overloaded);
  taken.push(entry("calm", "5"), entry("calm", "6"));
  await expect(entry("third", "7")).rejects.toThrow("4 entries wait");

  commits.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  now = 3_001;
  await expect(entry("third", "8")).rejects.toThrow("3000 ms behind");
  for (const waiting of taken.slice(1)) {
    commits.shift()?.();
    await waiting;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const last = entry("third", "9");
  commits.shift()?.();
  expect(await Promise.all([...taken, last])).toEqual(["1!", "2!", "3!", "5!", "6!", "9!"]);
});
