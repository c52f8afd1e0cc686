import { expect, test } from "vitest";
import { serialPerKey } from "../../app/queue/serial-per-key.ts";

/** Runs that end when the test says so. */
function scene(atOnce: number) {
  const begun: string[] = [];
  const failures: unknown[] = [];
  const ends = new Map<string, (problem?: Error) => void>();
  const jobs = serialPerKey<string>({
    atOnce,
    keyOf: (job) => job.charAt(0),
    merge: (one, other) => `${one}+${other}`,
    run: (job) => {
      begun.push(job);
      return new Promise((resolve, reject) =>
        ends.set(job, (problem) => (problem === undefined ? resolve() : reject(problem))),
      );
    },
    failed: (error) => failures.push(error),
  });
  const end = async (job: string, problem?: Error): Promise<void> => {
    ends.get(job)?.(problem);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { jobs, begun, failures, end };
}

test("jobs of different keys run concurrently, up to the limit, in order of arrival", async () => {
  const { jobs, begun, end } = scene(2);
  void jobs.add(["a", "b", "c", "d"]);
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  expect(begun).toEqual(["a", "b", "c"]);
});

test("a key never runs twice at once, and runs once more for all jobs that arrived meanwhile", async () => {
  const { jobs, begun, end } = scene(8);
  await jobs.add(["a1"]);
  await jobs.add(["a2"]);
  await jobs.add(["a3"]);
  expect(begun).toEqual(["a1"]);
  await end("a1");
  expect(begun).toEqual(["a1", "a2+a3"]);
  await end("a2+a3");
  expect(begun).toEqual(["a1", "a2+a3"]);
});

test("a job whose key already waits merges with it", async () => {
  const { jobs, begun, end } = scene(1);
  void jobs.add(["a1", "b1", "b2"]);
  await end("a1");
  expect(begun).toEqual(["a1", "b1+b2"]);
  await end("b1+b2");
  expect(begun).toEqual(["a1", "b1+b2"]);
});

test("adding waits until the job has begun, so that a full worker takes no more from the queue", async () => {
  const { jobs, end } = scene(1);
  await jobs.add(["a"]);
  let hasBegun = false;
  const adding = jobs.add(["b"]).then(() => (hasBegun = true));
  await end("nothing");
  expect(hasBegun).toBe(false);
  await end("a");
  await adding;
  expect(hasBegun).toBe(true);
});

test("a failed run is reported and the next one starts", async () => {
  const { jobs, begun, failures, end } = scene(1);
  void jobs.add(["a", "b"]);
  const problem = new Error("the database is away");
  await end("a", problem);
  expect(failures).toEqual([problem]);
  expect(begun).toEqual(["a", "b"]);
});

test("stopping waits for running jobs and starts no new ones", async () => {
  const { jobs, begun, end } = scene(1);
  const waiting = jobs.add(["a", "b"]);
  let hasStopped = false;
  const stopping = jobs.stop().then(() => (hasStopped = true));
  await waiting;
  expect(hasStopped).toBe(false);
  await end("a");
  await stopping;
  await jobs.add(["c"]);
  expect(begun).toEqual(["a"]);
});
